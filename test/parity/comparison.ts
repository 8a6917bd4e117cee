import { isJsonObject, type JsonObject, type JsonValue } from '../../functions/shared/domain/values/json.ts';
import { anyNumber, anyText, anyTime } from './bodies.ts';
import type { Clock } from './clock.ts';
import type { Correspondence } from './correspondence.ts';
import type { Answer } from './exchanges.ts';

const setFields = new Set(['roles', 'availableRoles', 'allowedActions']);
const timeFields = new Set(['createdOn', 'lastModified', 'lastRequestTime', 'timestamp']);

const shown = (value: unknown) => JSON.stringify(value) ?? 'nothing';

/** Compares answers of this run with what is expected of them, in the recording's own ids and times. */
export class Comparison {
  readonly #ids: Correspondence;
  readonly #clock: Clock;
  /** Our time by the recorded one: what was one moment there is one here. */
  readonly #times = new Map<string, number>();
  /** The last change of each profile as it was last seen, there and here. */
  readonly #changes = new Map<JsonValue, { readonly theirs: number; readonly ours: number }>();
  /** Times of changes there that are none here, as far as they were met. */
  readonly #unmoved = new Set<number>();
  readonly #notOurChanges: ReadonlySet<number>;

  /** `notOurChanges`: recorded values of `lastModified` that ours does not move on to. */
  constructor(ids: Correspondence, clock: Clock, notOurChanges: ReadonlySet<number>) {
    this.#ids = ids;
    this.#clock = clock;
    this.#notOurChanges = notOurChanges;
  }

  /** Those of `notOurChanges` at which `lastModified` indeed stayed. */
  get unmoved(): ReadonlySet<number> {
    return this.#unmoved;
  }

  /** What differs, in words; learns the ids that are new on the way. */
  faultsOf(expected: Answer, actual: Answer): readonly string[] {
    this.#ids.learn(expected.body, actual.body);
    return [
      ...this.#scalar('status', expected.status, actual.status),
      ...this.#scalar('content type', expected.contentType, actual.contentType),
      ...this.#scalar('allow', expected.allow, actual.allow),
      ...this.#body(expected.body, actual.body),
    ];
  }

  #scalar(what: string, expected: unknown, actual: unknown): readonly string[] {
    return expected === actual ? [] : [`${what}: ${shown(expected)} expected, ${shown(actual)} answered`];
  }

  #body(expected: JsonValue | undefined, actual: JsonValue | undefined): readonly string[] {
    if (expected === undefined || actual === undefined) return this.#scalar('body', expected, actual);
    if (isJsonObject(expected) && Object.hasOwn(expected, 'errorCode')) {
      const code = isJsonObject(actual) ? actual.errorCode : undefined;
      return this.#scalar('errorCode', expected.errorCode, code);
    }
    return this.#value('body', this.#ids.translateValue(expected), actual);
  }

  #value(at: string, expected: JsonValue | undefined, actual: JsonValue | undefined): readonly string[] {
    const key = at.slice(at.lastIndexOf('.') + 1);
    if (timeFields.has(key) && typeof expected === 'number') return this.#time(at, expected, actual);
    if (expected === anyNumber || expected === anyText)
      return this.#scalar(`${at}, its type`, expected === anyNumber ? 'number' : 'string', typeof actual);
    if (Array.isArray(expected) && Array.isArray(actual)) {
      const [theirs, ours] = setFields.has(key) ? [[...expected].sort(), [...actual].sort()] : [expected, actual];
      const length = Math.max(theirs.length, ours.length);
      return Array.from({ length }, (_, index) => this.#value(`${at}[${index}]`, theirs[index], ours[index])).flat();
    }
    if (isJsonObject(expected) && isJsonObject(actual)) {
      const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
      const fields = [...keys].flatMap((name) => this.#value(`${at}.${name}`, expected[name], actual[name]));
      return [...fields, ...this.#change(at, expected, actual)];
    }
    return this.#scalar(at, expected, actual);
  }

  /** `lastModified` moves on with every change there, and so it does here. */
  #change(at: string, expected: JsonObject, actual: JsonObject): readonly string[] {
    const { id, lastModified: theirs } = expected;
    const ours = actual.lastModified;
    if (id === undefined || typeof theirs !== 'number' || theirs === anyTime || typeof ours !== 'number') return [];
    const before = this.#changes.get(id);
    this.#changes.set(id, { theirs, ours });
    if (before === undefined || theirs <= before.theirs || ours > before.ours) return [];
    if (!this.#notOurChanges.has(theirs)) return [`${at}.lastModified: has not moved on`];
    this.#unmoved.add(theirs);
    return [];
  }

  #time(at: string, expected: number, actual: JsonValue | undefined): readonly string[] {
    if (typeof actual !== 'number' || !Number.isInteger(actual)) return [`${at}: ${shown(actual)} is no time`];
    if (actual < this.#clock.startMs || actual > this.#clock.nowMs() + 1)
      return [`${at}: ${actual} is no time of this run`];
    if (expected === anyTime) return [];
    const moment = `${at.slice(at.lastIndexOf('.') + 1)} ${expected}`;
    const known = this.#times.get(moment);
    if (known === undefined) this.#times.set(moment, actual);
    return known === undefined || known === actual
      ? []
      : [`${at}: not the same moment as before (${known}, now ${actual})`];
  }
}
