import { inParallel } from '../../domain/concurrency/in-parallel.ts';
import { triesAgain } from '../../domain/concurrency/tries.ts';
import { internalError } from '../../errors/api-error.ts';
import { BodyCache, type KeptBody } from './body-cache.ts';
import { isPossible, type Key } from './keys.ts';
import { getItems, inPartition, queryAnswer, type StoredItem } from './reads.ts';

/** A thing of two items: a small head, which every call reads, and a body of a version that the head names (data model, section 1). */
interface Form<Body> {
  table(): string;
  headKey(name: string): Key;
  bodyKey(name: string): Key;
  bodyOf(item: StoredItem): Body;
  /** What is large of a body, or of a head that holds everything itself; empty where there is nothing of it. */
  textOf(item: StoredItem): string;
  /** Whether the body is asked for beside a head that was not read before; otherwise where a head names one. */
  readonly bodyAtOnce: boolean;
  /** How much of the bodies' texts is kept. */
  readonly cacheBytes: number;
}

/** Both items as they belong together. */
export interface Whole<Body> {
  readonly head: StoredItem;
  /** Undefined where the head holds everything itself. */
  readonly body: Body | undefined;
}

/** How things of such a form are read. */
export interface HeadsAndBodies<Body> {
  /** Undefined where there is none of that name. */
  find(name: string): Promise<Whole<Body> | undefined>;
  /** All of them, in no order; 400 `OTHER` where they are more than an answer can hold. */
  list(): Promise<readonly Whole<Body>[]>;
  /** The body that was read last under a name. */
  kept(name: string): KeptBody<Body> | undefined;
  /** Drops it: the next read asks for the body beside the head. */
  forget(name: string): void;
}

const versionOf = ({ bodyVersion }: StoredItem) => (typeof bodyVersion === 'string' ? bodyVersion : undefined);

/** Whether this is the body that the head means. */
const belongsTo = (head: StoredItem, body: StoredItem | undefined): body is StoredItem =>
  body !== undefined && versionOf(body) === versionOf(head);

const PARALLEL_FINDS = 8;

/** Reads things of this form, and keeps their bodies. */
export function headsAndBodies<Body>(form: Form<Body>): HeadsAndBodies<Body> {
  const cache = new BodyCache<Body>(form.cacheBytes);

  /** With the body that is kept or was read beside the head; undefined where neither is the head's. */
  function joined(name: string, head: StoredItem, body: StoredItem | undefined): Whole<Body> | undefined {
    const version = versionOf(head);
    if (version === undefined) {
      if (form.bodyAtOnce) cache.set(name, { version, body: undefined }, '');
      return { head, body: undefined };
    }
    const kept = cache.get(name);
    if (kept?.version === version) return { head, body: kept.body };
    if (!belongsTo(head, body)) return undefined;
    const parsed = form.bodyOf(body);
    cache.set(name, { version, body: parsed }, form.textOf(body));
    return { head, body: parsed };
  }

  async function find(name: string): Promise<Whole<Body> | undefined> {
    const [headKey, bodyKey] = [form.headKey(name), form.bodyKey(name)];
    if (!isPossible(headKey)) return undefined;
    const again = triesAgain();
    for (let both = form.bodyAtOnce && cache.get(name) === undefined; ; both = true) {
      const items = await getItems(form.table(), both ? [headKey, bodyKey] : [headKey]);
      const [head, body] = [headKey, bodyKey].map(({ pk }) => items.find((item) => item.pk === pk));
      if (head === undefined) return void cache.delete(name);
      const whole = joined(name, head, body);
      if (whole !== undefined) return whole;
      if (!(await again()))
        throw internalError(new Error('The body that is read is not the one of its head at any try'));
    }
  }

  const allOf = ({ pk }: Key) => queryAnswer(inPartition(form.table(), pk), form.textOf);

  async function list(): Promise<readonly Whole<Body>[]> {
    const [heads, bodies] = await Promise.all([allOf(form.headKey('')), allOf(form.bodyKey(''))]);
    const byName = new Map(bodies.map((body) => [body.sk, body]));
    const wholes = await inParallel(heads, PARALLEL_FINDS, async (head) => {
      if (versionOf(head) === undefined) return { head, body: undefined };
      const body = byName.get(head.sk);
      return belongsTo(head, body) ? { head, body: form.bodyOf(body) } : find(String(head.sk));
    });
    return wholes.filter((whole) => whole !== undefined);
  }

  return { find, list, kept: (name) => cache.get(name), forget: (name) => cache.delete(name) };
}
