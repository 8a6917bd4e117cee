import { describeError, log } from '../../config/logger.ts';
import { inParallel } from '../concurrency/in-parallel.ts';
import type { Profile } from '../profile/profile.ts';

const PARALLEL = 25;
/** Where so many of a page can't be done, it is not they that are at fault. */
const MOST_LEFT = 20;

/** How the profiles of a page are read. */
export interface PageStore {
  findProfile(id: string): Promise<Profile | undefined>;
  /** Those that are there, each once, in the order of the ids. */
  findProfiles(ids: readonly string[]): Promise<readonly Profile[]>;
}

/** What came of a page. */
export interface PageOutcome {
  /** Whether there was anything left to do for one of the profiles. */
  readonly found: boolean;
  /** Ids of those that could not be done. */
  readonly left: readonly string[];
}

/** How a profile of the page is found: in what was read of all at once, or by itself where one of them spoils that. */
async function readerOfPage(store: PageStore, ids: readonly string[]): Promise<PageStore['findProfile']> {
  try {
    const profiles = new Map((await store.findProfiles(ids)).map((profile) => [profile.id, profile]));
    return async (id) => profiles.get(id);
  } catch {
    return (id) => store.findProfile(id);
  }
}

/**
 * Does the profiles of a page one by one; `work` answers whether there was anything left to do. One that can't be done is told of and left, so that it
 * keeps no other waiting. Rejects where many can't.
 */
export async function doEach(
  store: PageStore,
  ids: readonly string[],
  work: (id: string, read: Profile | undefined) => Promise<boolean>,
): Promise<PageOutcome> {
  const find = await readerOfPage(store, ids);
  const left: string[] = [];
  const found = await inParallel(ids, PARALLEL, async (id) => {
    try {
      return await work(id, await find(id));
    } catch (error) {
      log().error('A sweep left a profile as it was', { profileId: id, error: describeError(error) });
      left.push(id);
      if (left.length > MOST_LEFT) throw error;
      return false;
    }
  });
  return { found: found.includes(true), left };
}
