import type { Profile } from '../profile/profile.ts';
import { startReadLimit } from './read-limit.ts';
import type { ProfileReader } from './reader.ts';

/** How many profiles are read at once. */
export interface ProfileBodies {
  /** Those that are there, each once, in the order of the ids. */
  findProfiles(ids: readonly string[]): Promise<readonly Profile[]>;
}

/** Ids, or keys that hold one, in pages of any length. */
export type Pages<Entry> = AsyncIterable<readonly Entry[]> | Iterable<readonly Entry[]>;

/** As many bodies as are read at once: eight batches of a hundred. */
export const LARGEST_READ = 800;

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
    const first = page.filter((id) => !passed.has(id));
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

/** The ids in portions: a first one, where a caller may need no more, then large ones. Empty pages pass, so that time can be checked. */
async function* portionsOf(pages: Pages<string>, first: number): AsyncGenerator<readonly string[]> {
  let open: readonly string[] = [];
  let size = Math.max(1, Math.min(first, LARGEST_READ));
  for await (const page of pages) {
    open = [...open, ...page];
    if (open.length < size) yield [];
    while (open.length >= size) {
      yield open.slice(0, size);
      open = open.slice(size);
      size = LARGEST_READ;
    }
  }
  yield open;
}

/**
 * The profiles of the ids as the reader sees them, page by page and in the order of the ids. 400 `OTHER` when it takes too long (contract
 * 9.1 #53). `first` is how many to read before the first page is given.
 */
export async function* readProfiles(
  { findProfiles }: ProfileBodies,
  reader: ProfileReader,
  ids: Pages<string>,
  first = LARGEST_READ,
): AsyncGenerator<readonly Profile[]> {
  const requireTime = startReadLimit();
  for await (const portion of portionsOf(ids, first)) {
    requireTime();
    if (portion.length === 0) continue;
    const stored = await findProfiles(portion);
    yield stored.flatMap((profile) => reader.view(profile) ?? []);
  }
}
