import { join } from 'node:path';
import type { JsonObject } from '../../functions/shared/domain/values/json.ts';
import { type ForeignOptions, foreignSource } from '../../lib/import/from/foreign-source.ts';
import { openSource } from '../../lib/import/read/open-source.ts';
import {
  isUnreadable,
  type Oddity,
  type Source,
  type SourceDocument,
  type SourceKind,
  type Unreadable,
} from '../../lib/import/read/source.ts';

/** What the users of another store became. */
export interface Taken {
  readonly tenant: JsonObject | undefined;
  /** By their usernames. */
  readonly profiles: ReadonlyMap<unknown, JsonObject>;
  readonly oddities: readonly Oddity[];
  readonly unreadable: readonly Unreadable[];
  /** How many of each collection were left behind. */
  readonly leftOut: Readonly<Record<string, number>>;
}

const NOW_MS = Date.parse('2026-01-01T00:00:00Z');

/** What reading a collection gives, to its end. */
export async function allOf(source: Source, collection: string): Promise<readonly (SourceDocument | Unreadable)[]> {
  const all: (SourceDocument | Unreadable)[] = [];
  for await (const read of source.read(collection)) all.push(read);
  return all;
}

async function takenOf(source: Source): Promise<Taken> {
  const all = await allOf(source, 'profile');
  const documents = all.flatMap((read) => (isUnreadable(read) ? [] : [read]));
  const [tenant] = (await allOf(source, 'tenant')).flatMap((read) => (isUnreadable(read) ? [] : [read.value]));
  const leftOut: Record<string, number> = {};
  for (const name of source.collections.filter((one) => one !== 'profile' && one !== 'tenant'))
    leftOut[name] = (await allOf(source, name)).length;
  return {
    tenant,
    profiles: new Map(documents.map(({ value }) => [value.username, value])),
    oddities: documents.flatMap(({ oddities }) => oddities),
    unreadable: all.filter(isUnreadable),
    leftOut,
  };
}

type Options = Partial<ForeignOptions>;

const withDefaults = (options: Options): ForeignOptions => ({ tenant: 'corporate', nowMs: NOW_MS, ...options });

/** Takes the users of sample files of another store. */
export async function takeSamples(names: readonly string[], options: Options = {}): Promise<Taken> {
  const paths = names.map((name) => join(import.meta.dirname, 'other-stores', name));
  return takenOf(await foreignSource(await openSource(paths, {}), withDefaults(options)));
}

/** A source of users as they are, of a store. */
export const usersSource = (kind: SourceKind | undefined, users: readonly JsonObject[]): Source => ({
  collections: ['users'],
  kind,
  notes: [],
  bytes: 1,
  sizeOf: () => 1,
  async *read() {
    for (const [at, value] of users.entries())
      yield { file: 'users.json', at: `line ${at + 1}`, number: at + 1, value, oddities: [] };
  },
});

/** Takes users as they are. */
export const takeUsers = async (
  kind: SourceKind,
  users: readonly JsonObject[],
  options: Options = {},
): Promise<Taken> => takenOf(await foreignSource(usersSource(kind, users), withDefaults(options)));

/** The kinds of what was odd, each with its field. */
export const kindsOf = ({ oddities }: Taken): readonly string[] =>
  oddities.map(({ kind, field }) => `${field}: ${kind}`);
