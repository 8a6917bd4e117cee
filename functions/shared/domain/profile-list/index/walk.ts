import type { Profile } from '../../profile/profile.ts';
import type { Position } from '../position.ts';
import type { ProfileReader } from '../reader.ts';
import { compareKeys, type Sorting } from '../sorting.ts';
import { entriesOf, marks } from './entries.ts';
import { type Entry, type EntryPage, entryAt, type IndexSource, type Look } from './entry-page.ts';
import type { IndexUse } from './index-use.ts';
import { type KeyRange, type KeySpan, RANGE_OF_ALL, RANGE_OF_USERNAMES, rangeOfKey } from './key-ranges.ts';
import { entryPages, grown, type Tally, tallied } from './key-stream.ts';
import { mergePages } from './merge.ts';

type ReadRange = (range: KeyRange, look: Look) => Promise<EntryPage>;

/** An index that has the order of a list. */
export interface Walk {
  /** For people, without how much was read. */
  readonly words: string;
  /** Of pages of the order itself. */
  readonly tally: Tally;
  /** One of the index's parts each. */
  readonly parts: readonly ReadRange[];
  readonly range: KeySpan;
  /** Whether several profiles may share a key. */
  readonly isShared: boolean;
  /** Of profiles that stand in the index without the values by which they sort. */
  readonly overflows: readonly ((look: Look) => Promise<EntryPage>)[];
  /** Whether the index still has the profile under the key, be it by another of its values than that which sorts it. */
  holds(view: Profile, key: string): boolean;
}

/** How an order is walked. */
export type WalkSource = Pick<IndexSource, 'listEntryPage' | 'listEmailPage' | 'listUsernamePage'>;

/** The index that has the order, undefined where none has. */
export function walkOf(
  source: WalkSource,
  { tenant }: Pick<ProfileReader, 'tenant'>,
  { by, keyOf }: Pick<Sorting, 'by' | 'keyOf'>,
  use: IndexUse,
): Walk | undefined {
  const tally = { pages: 0 };
  const isUnderItsKey = (view: Profile, key: string) => keyOf(view) === key;
  const whole = { tally, overflows: [], holds: isUnderItsKey };
  const { id: tenantId } = tenant;
  if (by === 'username') {
    const part: ReadRange = (range, look) => source.listUsernamePage(tenantId, range, look);
    return {
      ...whole,
      words: 'username order',
      parts: [tallied(tally, part)],
      range: RANGE_OF_USERNAMES,
      isShared: false,
    };
  }
  if (by === 'email' && use.hasEmails) {
    const part: ReadRange = (range, look) => source.listEmailPage(tenantId, range, look);
    return { ...whole, words: 'email order', parts: [tallied(tally, part)], range: RANGE_OF_ALL, isShared: true };
  }
  if (by === undefined || !use.sortable.has(by)) return undefined;
  const placesOf = (field: string) => use.shards.map((shard) => ({ tenantId, shard, field }));
  return {
    words: `index ${by} order`,
    tally,
    parts: placesOf(by).map((place) =>
      tallied(tally, (range: KeyRange, look: Look) => source.listEntryPage(place, range, look)),
    ),
    range: RANGE_OF_ALL,
    isShared: true,
    overflows: use
      .overflowsOf(by)
      .flatMap(placesOf)
      .map((place) => (look) => source.listEntryPage(place, rangeOfKey(marks.overflow), look)),
    holds: (view, key) => entriesOf(view, [by]).some((entry) => entry.key === key),
  };
}

/** The entries in runs of one key. */
function groupsOf(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const groups: Entry[][] = [];
  for (const entry of entries) {
    const last = groups.at(-1);
    if (last?.[0]?.key === entry.key) last.push(entry);
    else groups.push([entry]);
  }
  return groups;
}

interface Start {
  readonly limit: number | undefined;
  readonly after: Position | undefined;
  isWhole(key: string): boolean;
}

/** Behind the position; from the first of its group on where that shares a cut key. */
const behindIn = ({ after, isWhole }: Start): Entry | undefined =>
  after !== undefined && isWhole(after.key) ? entryAt(after) : undefined;

function ascending(read: ReadRange, range: KeySpan, start: Start): AsyncGenerator<readonly Entry[]> {
  const { after, limit, isWhole } = start;
  const isInGroup = after !== undefined && !isWhole(after.key);
  const rest = isInGroup ? { ...range, from: after.key } : range;
  return entryPages((look) => read(rest, look), { order: 'ASC', limit, after: behindIn(start) });
}

/**
 * The keys backwards, and yet those of one key in the order of creation. Of a page that was read backwards all groups are complete but the last, which
 * is read from its beginning: so a large one costs what is needed of it.
 */
async function* descending(read: ReadRange, range: KeySpan, start: Start): AsyncGenerator<readonly Entry[]> {
  const groupOf = (key: string, look: Omit<Look, 'order'>) =>
    entryPages((each) => read(rangeOfKey(key), each), { order: 'ASC', ...look });
  let { below } = range;
  let { limit } = start;
  if (start.after !== undefined) {
    yield* groupOf(start.after.key, { limit, after: behindIn(start) });
    below = start.after.key;
  }
  for (;;) {
    const page = await read({ from: range.from, below }, { order: 'DESC', limit: limit && limit + 1 });
    const groups = groupsOf(page.entries);
    const open = page.isLast ? undefined : groups.at(-1)?.[0];
    yield (open ? groups.slice(0, -1) : groups).flatMap((group) => group.toReversed());
    if (open === undefined) return;
    yield* groupOf(open.key, { limit });
    below = open.key;
    limit = grown(limit);
  }
}

/** The entries of a walk in the order of its list: behind a position, or from the first of the group of its key on where that is cut. */
export function entriesInOrder(
  walk: Walk,
  { order, isWhole }: Pick<Sorting, 'order' | 'isWhole'>,
  { limit, after }: Omit<Start, 'isWhole'>,
): AsyncGenerator<readonly Entry[]> {
  const start: Start = { limit, after, isWhole };
  const [part, ...others] = walk.parts.map((read) => {
    if (order === 'ASC') return ascending(read, walk.range, start);
    if (walk.isShared) return descending(read, walk.range, start);
    return entryPages((look) => read(walk.range, look), { order, limit, after: behindIn(start) });
  });
  return part !== undefined && others.length === 0
    ? part
    : mergePages(part ? [part, ...others] : [], compareKeys(order));
}
