import { inParallel } from '../concurrency/in-parallel.ts';
import { marks } from './index/entries.ts';
import { type Entry, entryAt, type IndexSource, type Look } from './index/entry-page.ts';
import type { IndexUse } from './index/index-use.ts';
import { rangeOfKey } from './index/key-ranges.ts';
import { type KeyStream, keyStream, type Tally, tallied } from './index/key-stream.ts';
import { mergePages } from './index/merge.ts';
import { SEPARATOR } from './index/placed-key.ts';
import type { Position } from './position.ts';
import { compareText } from './query/compare.ts';
import type { IndexLookup } from './query/lookups.ts';
import type { Choice } from './query/plan.ts';
import { eachOnce, mapPages, type Pages } from './read-profiles.ts';

/** Profiles that may be in a list, and no others are. */
export interface Candidates {
  /** Of streams that are one and the same, one. */
  readonly streams: readonly KeyStream[];
  /** How they were found, for people, once they have been read. */
  plan(): string;
}

/** How much of an index is read at first, and where a list in the order of creation goes on. */
export interface Opening {
  readonly limit?: number | undefined;
  readonly after?: Position | undefined;
}

/** Opens the streams of one place. */
export type OpenLookup<Lookup> = (lookup: Lookup, tally: Tally) => readonly KeyStream[];

/** How many streams are asked for their first page at a time. */
const AT_A_TIME = 32;

/** As people read it: `2 pages`. */
export const inPages = (words: string, { pages }: Tally): string =>
  `${words}, ${Math.max(1, pages)} page${pages > 1 ? 's' : ''}`;

/** Where a stream of one key goes on behind a position in the order of creation. */
export const startOf = (key: string, { limit, after }: Opening): Omit<Look, 'order'> => ({
  limit,
  after: after && entryAt({ key, createdKey: after.createdKey }),
});

/**
 * The streams of a place in the index by values: in each part of it what was asked for, and the profiles with more values than are there. Those are
 * opened once, however many places need them.
 */
export function indexStreams(
  { listEntryPage }: Pick<IndexSource, 'listEntryPage'>,
  tenantId: string,
  use: IndexUse,
  opening: Opening,
): OpenLookup<IndexLookup> {
  const overflows = new Map<string, KeyStream>();
  const streamOf = (shard: number, { field, range, isOneKey }: Omit<IndexLookup, 'at'>, tally: Tally): KeyStream => {
    const read = tallied(tally, (look: Look) => listEntryPage({ tenantId, shard, field }, range, look));
    const isInOrder = isOneKey && 'prefix' in range;
    const key = isInOrder ? range.prefix.slice(0, -SEPARATOR.length) : '';
    const start = isInOrder ? startOf(key, opening) : { limit: opening.limit };
    return keyStream(isInOrder ? 'creationInOrder' : 'creation', read, start);
  };
  const overflowOf = (shard: number, field: string, tally: Tally): KeyStream => {
    const name = `${shard} ${field}`;
    const known = overflows.get(name);
    const stream = known ?? streamOf(shard, { field, range: rangeOfKey(marks.overflow), isOneKey: true }, tally);
    overflows.set(name, stream);
    return stream;
  };
  return (lookup, tally) =>
    use.shards.flatMap((shard) => [
      streamOf(shard, lookup, tally),
      ...use.overflowsOf(lookup.field).map((field) => overflowOf(shard, field, tally)),
    ]);
}

const together = (plan: () => string, streams: readonly KeyStream[]): Candidates => ({
  plan,
  streams: [...new Set(streams)],
});

/** How many there are, as far as a first page of each stream tells. */
async function sizeOf({ streams }: Candidates): Promise<number> {
  const pages = await inParallel(streams, AT_A_TIME, (stream) => stream.first());
  if (!pages.every(({ isLast }) => isLast)) return Number.POSITIVE_INFINITY;
  return pages.reduce((sum, { entries }) => sum + entries.length, 0);
}

async function open<Lookup>(choice: Choice<Lookup>, openLookup: OpenLookup<Lookup>): Promise<Candidates> {
  if ('branches' in choice) {
    const found = await Promise.all(choice.branches.map((branch) => candidatesOf(branch, openLookup)));
    const known = found.flatMap((candidates) => candidates ?? []);
    return together(
      () => `union of ${known.length}`,
      known.flatMap(({ streams }) => streams),
    );
  }
  const tally = { pages: 0 };
  const hasPages = !['id', 'username equals'].includes(choice.words);
  return together(
    () => (hasPages ? inPages(choice.words, tally) : choice.words),
    choice.lookups.flatMap((lookup) => openLookup(lookup, tally)),
  );
}

/**
 * What one of the choices finds: that with the fewest candidates by a first look at all of them, and where none is small, one whose candidates come in
 * the order of creation. What was looked at is not read again. Undefined without any choice.
 */
export async function candidatesOf<Lookup>(
  choices: readonly Choice<Lookup>[],
  openLookup: OpenLookup<Lookup>,
): Promise<Candidates | undefined> {
  const opened = await Promise.all(choices.map((choice) => open(choice, openLookup)));
  if (opened.length < 2) return opened[0];
  const sizes = await Promise.all(opened.map(sizeOf));
  const least = Math.min(...sizes);
  const smallest = opened.filter((_, at) => sizes[at] === least);
  return smallest.find(isInOrder) ?? smallest[0];
}

const isInOrder = ({ streams }: Candidates): boolean => streams.every(({ tells }) => tells === 'creationInOrder');

const byCreatedKey = (a: Entry, b: Entry): number => compareText(a.createdKey, b.createdKey);

async function* allOf(streams: readonly KeyStream[]): AsyncGenerator<readonly Entry[]> {
  await inParallel(streams, AT_A_TIME, (stream) => stream.first());
  for (const stream of streams) yield* stream.pages();
}

/** Their ids in the order of creation, behind a position in it; undefined where only the profiles themselves tell when they were made. */
export function idsByCreation(candidates: Candidates, after: Position | undefined): Pages<string> | undefined {
  const { streams } = candidates;
  const idOf = ({ id }: Entry) => id;
  if (isInOrder(candidates))
    return eachOnce(
      mapPages(
        mergePages(
          streams.map((stream) => stream.pages()),
          byCreatedKey,
        ),
        idOf,
      ),
    );
  if (streams.some(({ tells }) => tells === 'ids')) return undefined;
  return sortedIds(streams, after);
}

async function* sortedIds(
  streams: readonly KeyStream[],
  after: Position | undefined,
): AsyncGenerator<readonly string[]> {
  const keys = new Map<string, string>();
  for await (const page of allOf(streams)) {
    for (const { createdKey, id } of page)
      if (after === undefined || compareText(createdKey, after.createdKey) > 0) keys.set(createdKey, id);
    yield [];
  }
  yield [...keys].sort(([a], [b]) => compareText(a, b)).map(([, id]) => id);
}

/** Their ids in any order, each once. */
export const idsOf = ({ streams }: Candidates): AsyncGenerator<readonly string[]> =>
  eachOnce(mapPages(allOf(streams), ({ id }) => id));
