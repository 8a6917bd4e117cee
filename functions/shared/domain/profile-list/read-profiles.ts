import type { Profile } from '../profile/profile.ts';
import { sizeOf } from './profile-size.ts';
import { requireTime } from './read-limit.ts';
import type { ProfileReader } from './reader.ts';

/** How many profiles are read at once. */
export interface ProfileBodies {
  /** Those that are there, each once, in the order of the ids. */
  findProfiles(ids: readonly string[]): Promise<readonly Profile[]>;
}

/** Ids, or keys that hold one, in pages of any length. */
export type Pages<Entry> = AsyncIterable<readonly Entry[]> | Iterable<readonly Entry[]>;

/** As many bodies as one read asks for: a batch of the store. */
const READ = 100;
/** As many as may be on their way at once: eight batches. */
const MOST_ON_THEIR_WAY = 800;
/** As many as may be while nothing is known of their size, which may be 400 KB each. */
const UNKNOWN_ON_THEIR_WAY = 200;
const FEWEST_ON_THEIR_WAY = 50;
/** What is on its way together. */
const BYTES_ON_THEIR_WAY = 40_000_000;

/** As many as may be on their way next, as far as the last read tells; `room` is how many could be before. */
function roomAfter(read: readonly Profile[], room: number): number {
  if (read.length === 0) return room;
  const bytes = read.reduce((sum, profile) => sum + sizeOf(profile), 0);
  const fitting = Math.floor((BYTES_ON_THEIR_WAY * read.length) / bytes);
  return Math.max(FEWEST_ON_THEIR_WAY, Math.min(MOST_ON_THEIR_WAY, fitting));
}

/** The pages without their first entries. */
export async function* skip<Entry>(pages: Pages<Entry>, count: number): AsyncGenerator<readonly Entry[]> {
  let left = count;
  for await (const page of pages) {
    yield page.slice(left);
    left = Math.max(0, left - page.length);
  }
}

/** The ids, each once: an index that is read page by page has one twice that moves on in it meanwhile. */
export async function* eachOnce(pages: Pages<string>): AsyncGenerator<readonly string[]> {
  const passed = new Set<string>();
  for await (const page of pages) {
    const first = [...new Set(page)].filter((id) => !passed.has(id));
    for (const id of first) passed.add(id);
    yield first;
  }
}

/** The pages, every entry replaced; an entry becomes several or none. */
export async function* mapPages<Entry, Result>(
  pages: Pages<Entry>,
  map: (entry: Entry) => readonly Result[] | Result,
): AsyncGenerator<readonly Result[]> {
  for await (const page of pages) yield page.flatMap(map);
}

/** The pages, the first of which is asked for at once, beside whatever else is on its way. */
export function beginNow<Page>(pages: AsyncGenerator<Page, void>): AsyncGenerator<Page, void> {
  const first = pages.next();
  first.catch(() => undefined);
  return (async function* () {
    const { done, value } = await first;
    if (done) return;
    yield value;
    yield* pages;
  })();
}

/** The ids in portions of the size that is asked for at that time. Empty pages pass, so that time can be checked. */
async function* portionsOf(pages: Pages<string>, size: () => number): AsyncGenerator<readonly string[]> {
  let open: readonly string[] = [];
  for await (const page of pages) {
    open = [...open, ...page];
    if (open.length < size()) yield [];
    while (open.length >= size()) {
      const portion = open.slice(0, size());
      open = open.slice(portion.length);
      yield portion;
    }
  }
  yield open;
}

/** Reads that are on their way, answered in the order in which they were begun. */
class ReadsAhead {
  readonly #reads: { readonly count: number; readonly profiles: Promise<readonly Profile[]> }[] = [];
  /** How many profiles may be on their way at once. */
  room = UNKNOWN_ON_THEIR_WAY;

  begin(count: number, profiles: Promise<readonly Profile[]>): void {
    profiles.catch(() => undefined);
    this.#reads.push({ count, profiles });
  }

  /** Answers with what has to be there before as many more may be asked for. */
  async *untilThereIsRoomFor(more: number): AsyncGenerator<readonly Profile[]> {
    let count = this.#reads.reduce((sum, read) => sum + read.count, 0);
    while (count > 0 && count + more > this.room) {
      const first = this.#reads.shift();
      const profiles = (await first?.profiles) ?? [];
      count -= first?.count ?? 0;
      this.room = roomAfter(profiles, this.room);
      yield profiles;
    }
  }
}

/**
 * The stored profiles of the ids, page by page and in the order of the ids; as many are on their way side by side as memory allows. 400 `OTHER` when it
 * takes too long (contract 9.1 #53). `first` is how many a caller needs if all of them suit: no more are read before it had those.
 */
export async function* readStored(
  { findProfiles }: ProfileBodies,
  ids: Pages<string>,
  first = Number.POSITIVE_INFINITY,
): AsyncGenerator<readonly Profile[]> {
  const ahead = new ReadsAhead();
  let needed = Math.max(1, first);
  for await (const portion of portionsOf(ids, () => Math.min(READ, ahead.room, needed > 0 ? needed : READ))) {
    requireTime();
    if (portion.length === 0) continue;
    yield* ahead.untilThereIsRoomFor(portion.length);
    ahead.begin(portion.length, findProfiles(portion));
    needed -= portion.length;
    if (needed === 0) yield* ahead.untilThereIsRoomFor(Number.POSITIVE_INFINITY);
  }
  yield* ahead.untilThereIsRoomFor(Number.POSITIVE_INFINITY);
}

/** The profiles as the reader sees them, page by page. */
export async function* readProfiles(
  source: ProfileBodies,
  reader: ProfileReader,
  ids: Pages<string>,
  first?: number,
): AsyncGenerator<readonly Profile[]> {
  yield* mapPages(readStored(source, ids, first), (profile) => {
    requireTime();
    return reader.view(profile) ?? [];
  });
}
