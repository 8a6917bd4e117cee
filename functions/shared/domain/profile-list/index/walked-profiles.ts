import type { Profile } from '../../profile/profile.ts';
import type { Position } from '../position.ts';
import { requireTime } from '../read-limit.ts';
import { beginNow, mapPages, type ProfileBodies, readProfiles, readStored } from '../read-profiles.ts';
import type { ProfileReader } from '../reader.ts';
import type { Sorting } from '../sorting.ts';
import { type Progress, takeSorted, type Window } from '../window.ts';
import { type Entry, MOST_KEYS } from './entry-page.ts';
import { entryPages } from './key-stream.ts';
import { entriesInOrder, type Walk } from './walk.ts';

/** A profile at its place in a list. */
export interface Placed {
  readonly view: Profile;
  /** Where the list had it: its own key, but for one that has moved meanwhile. */
  readonly key: string;
}

/** What a walk is for. */
export interface WalkedList {
  readonly source: ProfileBodies;
  readonly reader: ProfileReader;
  readonly sorting: Sorting;
  readonly walk: Walk;
  readonly after: Position | undefined;
  /** Whether a profile stands behind `after`. */
  isBehind(view: Profile): boolean;
  /** Whether it is in the list; absent where all are. */
  readonly keep: ((view: Profile) => boolean) | undefined;
  /** How many are left out at the beginning. */
  readonly from: number;
  /** How many are needed, those at the beginning included. */
  readonly needed: number;
  /** How many are read at first. */
  readonly first: number;
  /** How far it has been read. */
  readonly progress: Progress;
}

/** Entries of whole keys, some at a time, or all of one cut key. */
interface Run {
  readonly isWhole: boolean;
  readonly entries: readonly Entry[];
}

async function* runsOf(pages: AsyncIterable<readonly Entry[]>, isWhole: Sorting['isWhole']): AsyncGenerator<Run> {
  let group: Entry[] = [];
  for await (const page of pages) {
    let whole: Entry[] = [];
    for (const entry of page) {
      if (group.length > 0 && group[0]?.key !== entry.key) {
        yield { isWhole: false, entries: group };
        group = [];
      }
      if (isWhole(entry.key)) whole.push(entry);
      else {
        if (whole.length > 0) yield { isWhole: true, entries: whole };
        whole = [];
        group.push(entry);
      }
    }
    yield { isWhole: true, entries: whole };
  }
  if (group.length > 0) yield { isWhole: false, entries: group };
}

/** The entries by which a profile is met first: in the order of a walk that is its place, and what it has further on is none. */
async function* firstSights(pages: AsyncIterable<readonly Entry[]>, seen: Set<string>, progress: Progress) {
  for await (const page of pages) {
    const first: Entry[] = [];
    for (const entry of page) {
      if (seen.has(entry.id)) continue;
      seen.add(entry.id);
      first.push(entry);
    }
    progress.known = first.at(-1)?.id ?? progress.known;
    yield first;
  }
  progress.isDone = true;
}

/** The runs without their first entries, as far as those are known to be the first profiles. */
async function* skipping(runs: AsyncIterable<Run>, skip: { left: number }): AsyncGenerator<Run> {
  let isSkipping = true;
  for await (const run of runs) {
    isSkipping &&= skip.left > 0 && (run.isWhole || run.entries.length <= skip.left);
    const skipped = isSkipping ? Math.min(skip.left, run.entries.length) : 0;
    skip.left -= skipped;
    yield { ...run, entries: run.entries.slice(skipped) };
  }
}

/** The profile at its place; nothing where the entry is of another of its values. One that has moved since the entry was read is not lost. */
function placed({ sorting, walk, after }: WalkedList, entry: Entry | undefined, view: Profile): readonly Placed[] {
  if (entry === undefined) return [];
  const isElsewhere = after !== undefined && sorting.keyOf(view) !== entry.key && walk.holds(view, entry.key);
  return isElsewhere ? [] : [{ view, key: entry.key }];
}

/** The profiles of a cut key, sorted by what is behind the cut. */
async function sortedGroup(list: WalkedList, entries: readonly Entry[]): Promise<readonly Placed[]> {
  const { source, reader, sorting, keep, isBehind, needed } = list;
  const entryOf = new Map(entries.map((entry) => [entry.id, entry]));
  const isIn = (view: Profile) => sorting.keyOf(view) !== entries[0]?.key || isBehind(view);
  const views = mapPages(readProfiles(source, reader, [[...entryOf.keys()]]), (view) =>
    placed(list, entryOf.get(view.id), view).length > 0 && isIn(view) && (keep?.(view) ?? true) ? [view] : [],
  );
  const window: Window = { from: 0, to: needed, isFinal: true };
  const { profiles } = await takeSorted(views, window, (view) => view, sorting.compare);
  return profiles.map((view) => ({ view, key: entries[0]?.key ?? '' }));
}

async function* profilesOf(list: WalkedList, runs: AsyncGenerator<Run>): AsyncGenerator<readonly Placed[]> {
  const { source, reader, keep, first, progress } = list;
  let run = await runs.next();
  const entryOf = new Map<string, Entry>();
  async function* wholeIds() {
    for (; !run.done && run.value.isWhole; run = await runs.next()) {
      for (const entry of run.value.entries) entryOf.set(entry.id, entry);
      yield run.value.entries.map(({ id }) => id);
    }
  }
  while (!run.done) {
    for await (const page of readStored(source, wholeIds(), first)) {
      yield page.flatMap((stored) => {
        requireTime();
        progress.read = stored.id;
        const view = reader.view(stored);
        const entry = entryOf.get(stored.id);
        entryOf.delete(stored.id);
        return view && (keep?.(view) ?? true) ? placed(list, entry, view) : [];
      });
    }
    if (run.done) return;
    progress.read = run.value.entries.at(-1)?.id ?? progress.read;
    if (run.value.entries.length > 0) yield await sortedGroup(list, run.value.entries);
    run = await runs.next();
  }
}

/** The profiles that stand in the index without their values, in the order of the list, as far as any can be needed; their ids are seen then. */
async function overflowing(list: WalkedList, seen: Set<string>): Promise<readonly Placed[]> {
  const { source, reader, sorting, walk, keep, isBehind, needed } = list;
  await Promise.all(
    walk.overflows.map(async (read) => {
      for await (const page of entryPages(read, { order: 'ASC' })) for (const { id } of page) seen.add(id);
    }),
  );
  const views = mapPages(readProfiles(source, reader, [[...seen]]), (view) =>
    isBehind(view) && (keep?.(view) ?? true) ? [view] : [],
  );
  const { profiles } = await takeSorted(views, { from: 0, to: needed, isFinal: true }, (view) => view, sorting.compare);
  return profiles.map((view) => ({ view, key: sorting.keyOf(view) }));
}

/** Two lists in one order as one. */
async function* merged(pages: AsyncIterable<readonly Placed[]>, others: readonly Placed[], list: WalkedList) {
  const { compare } = list.sorting;
  let at = 0;
  for await (const page of pages) {
    const joined: Placed[] = [];
    for (const one of page) {
      for (let other = others[at]; other && compare(other.view, one.view) < 0; other = others[at]) {
        joined.push(other);
        at += 1;
      }
      joined.push(one);
    }
    // Those are known, and come when all else has.
    if (at < others.length && list.progress.isDone) list.progress.read = undefined;
    yield joined;
  }
  if (at < others.length) yield others.slice(at);
}

/**
 * The profiles of a list in its order, out of an index that has it. Each is there once, with what it shows now; one whose values change meanwhile
 * stands where the index had it.
 */
export async function* walkedProfiles(list: WalkedList): AsyncGenerator<readonly Placed[]> {
  const { sorting, walk, after, keep, needed } = list;
  const seen = new Set<string>();
  const wanted = Math.min(keep ? list.first : needed, MOST_KEYS);
  const limit = Number.isFinite(needed) ? Math.ceil(wanted / walk.parts.length) : undefined;
  const entries = beginNow(entriesInOrder(walk, sorting, { limit, after }));
  const others = await overflowing(list, seen);
  const isSkippable = keep === undefined && after === undefined && others.length === 0;
  const skip = { left: list.from };
  const runs = runsOf(firstSights(entries, seen, list.progress), sorting.isWhole);
  const profiles = profilesOf(list, isSkippable ? skipping(runs, skip) : runs);
  for await (const page of merged(profiles, others, list)) {
    const shown = page.slice(skip.left);
    skip.left -= page.length - shown.length;
    yield shown;
  }
}
