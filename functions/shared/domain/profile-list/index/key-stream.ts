import { requireTime } from '../read-limit.ts';
import { type Entry, type EntryPage, type Look, MOST_KEYS } from './entry-page.ts';

/** How many pages that hold something were read. */
export interface Tally {
  pages: number;
}

const GROWTH = 4;

/** How large the next page is: they grow, so that a list that goes on soon needs few. */
export const grown = (limit: number | undefined): number | undefined => limit && Math.min(limit * GROWTH, MOST_KEYS);

/** All entries from a first look on, page by page; the first page may have been read already. 400 `OTHER` when it takes too long (contract 9.1 #53). */
export async function* entryPages(
  read: (look: Look) => Promise<EntryPage>,
  look: Look,
  first?: Promise<EntryPage>,
): AsyncGenerator<readonly Entry[]> {
  let page = await (first ?? read(look));
  for (let limit = grown(look.limit); ; limit = grown(limit)) {
    yield page.entries;
    const after = page.entries.at(-1);
    if (page.isLast || after === undefined) return;
    requireTime();
    page = await read({ ...look, limit, after });
  }
}

/** Counts the pages that a function reads. */
export function tallied<Parameters extends readonly unknown[]>(
  tally: Tally,
  read: (...parameters: Parameters) => Promise<EntryPage>,
): (...parameters: Parameters) => Promise<EntryPage> {
  return async (...parameters) => {
    const page = await read(...parameters);
    if (page.entries.length > 0) tally.pages += 1;
    return page;
  };
}

/** Keys of profiles out of one partition of an index. */
export interface KeyStream {
  /** What the entries say, and in what order: that of creation; another; or they do not hold `createdKey`. */
  readonly tells: 'creationInOrder' | 'creation' | 'ids';
  /** Their first page, which is read once. */
  first(): Promise<EntryPage>;
  pages(): AsyncGenerator<readonly Entry[]>;
}

async function* filtered(pages: AsyncIterable<readonly Entry[]>, isKept: (entry: Entry) => boolean) {
  for await (const page of pages) yield page.filter(isKept);
}

/** A stream that reads nothing before it is asked. */
export function keyStream(
  tells: KeyStream['tells'],
  read: (look: Look) => Promise<EntryPage>,
  look: Omit<Look, 'order'>,
  isKept: (entry: Entry) => boolean = () => true,
): KeyStream {
  const start: Look = { order: 'ASC', ...look };
  let opened: Promise<EntryPage> | undefined;
  const first = () => {
    opened ??= read(start);
    return opened;
  };
  return { tells, first, pages: () => filtered(entryPages(read, start, first()), isKept) };
}
