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

/** As many bodies as are read at once: eight batches of a hundred. */
const LARGEST_READ = 800;
/** As many as are read while nothing is known of their size, which may be 400 KB each. */
const UNKNOWN_READ = 200;
/** What one read should bring. */
const READ_BYTES = 40_000_000;
const SMALLEST_READ = 50;

/** As many as the next read may ask for, as far as the last one tells. */
function nextReadAfter(read: readonly Profile[]): number {
  const bytes = read.reduce((sum, profile) => sum + sizeOf(profile), 0);
  if (bytes === 0) return UNKNOWN_READ;
  return Math.max(SMALLEST_READ, Math.min(LARGEST_READ, Math.floor((READ_BYTES * read.length) / bytes)));
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

/**
 * The stored profiles of the ids, page by page and in the order of the ids; a page is as large as memory allows. 400 `OTHER` when it takes too long
 * (contract 9.1 #53). `first` is how many a caller needs if all of them suit: no more are read before it had those.
 */
export async function* readStored(
  { findProfiles }: ProfileBodies,
  ids: Pages<string>,
  first = Number.POSITIVE_INFINITY,
): AsyncGenerator<readonly Profile[]> {
  let [needed, size] = [Math.max(1, first), UNKNOWN_READ];
  for await (const portion of portionsOf(ids, () => (needed > 0 ? Math.min(needed, size) : size))) {
    requireTime();
    if (portion.length === 0) continue;
    const stored = await findProfiles(portion);
    needed -= portion.length;
    size = nextReadAfter(stored);
    yield stored;
  }
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
