import { createdKeyOf } from '../profile/created-key.ts';
import type { Profile } from '../profile/profile.ts';
import { type Candidates, idsByCreation, idsOf, inPages } from './candidates.ts';
import { MOST_KEYS } from './index/entry-page.ts';
import type { Tally } from './index/key-stream.ts';
import type { Walk } from './index/walk.ts';
import { type Placed, walkedProfiles } from './index/walked-profiles.ts';
import type { ListPage, Position } from './position.ts';
import { mapPages, type Pages, readProfiles, skip } from './read-profiles.ts';
import { type ProfileReader, showing } from './reader.ts';
import { behindOf, type Sorting } from './sorting.ts';
import { allViews, idsOfTenant, type TenantList } from './whole-tenant.ts';
import { isLeft, neededFor, type Progress, type Taken, takeInOrder, takeSorted, type Window } from './window.ts';

/** What is looked for, and where. */
export interface Search {
  readonly reader: ProfileReader;
  readonly sorting: Sorting;
  /** Whether a profile is in the list; absent where all are. */
  readonly keep?: ((view: Profile) => boolean) | undefined;
  /** Among which it is; absent where that may be any of the tenant. */
  readonly candidates?: Candidates | undefined;
  /** Whether nearly all candidates are in it: only those are not that change meanwhile, or have more values than the index has entries for. */
  readonly isExact?: boolean;
  /** What has the order of the list; used where there are no candidates. */
  readonly walk?: Walk | undefined;
  readonly after?: Position | undefined;
  readonly window: Window;
  readonly attributesToReturn: readonly string[] | undefined;
}

/** What the first read of a search brings that may end with its first matches. */
export const FIRST_READ = 100;
/** How many bodies are read at first: as many as are answered, where every one is. */
function firstRead({ keep, isExact, window }: Search): number | undefined {
  if (!Number.isFinite(window.to)) return undefined;
  if (isExact) return neededFor(window);
  return keep ? FIRST_READ : neededFor(window) - window.from;
}

const kept = (views: AsyncIterable<readonly Profile[]>, keep: Search['keep']) =>
  mapPages(views, (view) => ((keep?.(view) ?? true) ? [view] : []));

const pageOf = (plan: string, { profiles, last, follows }: Taken<Placed>): ListPage => ({
  profiles,
  next: follows && last ? { key: last.key, createdKey: createdKeyOf(last.view) } : undefined,
  plan,
});

async function* following(progress: Progress, ids: Pages<string>): AsyncGenerator<readonly string[]> {
  for await (const page of ids) {
    progress.known = page.at(-1) ?? progress.known;
    yield page;
  }
  progress.isDone = true;
}

/** What comes in the order of creation. */
async function inCreation(source: TenantList, search: Search, ids: Pages<string>, plan: () => string) {
  const { reader, window, keep, attributesToReturn } = search;
  const show = showing(attributesToReturn);
  const isSkipped = keep === undefined && search.candidates === undefined;
  const progress: Progress = { isDone: false };
  const known = following(progress, ids);
  const stored = readProfiles(source, reader, isSkipped ? skip(known, window.from) : known, firstRead(search));
  const views = mapPages(stored, (view) => {
    progress.read = view.id;
    return view;
  });
  const rest = isSkipped ? { ...window, from: 0, to: window.to - window.from } : window;
  const taken = await takeInOrder(kept(views, keep), rest, show, () => isLeft(progress));
  const last = taken.last && { view: taken.last, key: '' };
  return pageOf(plan(), { ...taken, last });
}

/** What comes in any order. */
async function sorted(
  source: TenantList,
  search: Search,
  views: AsyncIterable<readonly Profile[]>,
  plan: () => string,
) {
  const { reader, sorting, window, keep, after, attributesToReturn } = search;
  const isBehind = await behindOf(source, reader, sorting, after);
  const found = mapPages(kept(views, keep), (view) => (isBehind(view) ? [view] : []));
  const taken = await takeSorted(found, window, showing(attributesToReturn), sorting.compare);
  const last = taken.last && { view: taken.last, key: sorting.keyOf(taken.last) };
  return pageOf(plan(), { ...taken, last });
}

/** What an index has in the order of the list; one that has moved meanwhile is sorted by what it shows. */
async function walked(source: TenantList, search: Search, walk: Walk): Promise<ListPage> {
  const { reader, sorting, window, keep, after, attributesToReturn } = search;
  const show = showing(attributesToReturn);
  const { from, to } = window;
  const list = {
    source,
    reader,
    sorting,
    walk,
    after,
    isBehind: await behindOf(source, reader, sorting, after),
    keep,
    from: keep ? 0 : from,
    needed: neededFor(window),
    first: firstRead(search) ?? Number.POSITIVE_INFINITY,
    progress: { isDone: false },
  };
  const rest = keep ? window : { ...window, from: 0, to: to - from };
  const taken = await takeInOrder(
    walkedProfiles(list),
    rest,
    ({ view }) => view,
    () => isLeft(list.progress),
  );
  return pageOf(inPages(walk.words, walk.tally), {
    ...taken,
    profiles: taken.profiles.toSorted(sorting.compare).map(show),
  });
}

/** The window of a list, behind a position, with what it takes to go on and how it was found. */
export async function findPage(source: TenantList, search: Search): Promise<ListPage> {
  const { reader, sorting, keep, candidates, walk, after, window } = search;
  const tally: Tally = { pages: 0 };
  const inTenant = () => (keep || sorting.by ? 'whole tenant' : inPages('creation', tally));
  if (candidates !== undefined) {
    const ids = sorting.by === undefined ? idsByCreation(candidates, after) : undefined;
    if (ids !== undefined) return inCreation(source, search, ids, candidates.plan);
    return sorted(source, search, readProfiles(source, reader, idsOf(candidates)), candidates.plan);
  }
  if (walk !== undefined) return walked(source, search, walk);
  if (sorting.by !== undefined) return sorted(source, search, allViews(source, reader, tally), inTenant);
  const limit = keep ? undefined : Math.min(neededFor(window), MOST_KEYS);
  return inCreation(source, search, idsOfTenant(source, reader, tally, { after, limit }), inTenant);
}

/** How many profiles there are that are kept. */
export async function countKept(
  source: TenantList,
  { reader, keep, candidates }: Pick<Search, 'reader' | 'keep' | 'candidates'>,
): Promise<{ readonly count: number; readonly plan: string }> {
  const tally: Tally = { pages: 0 };
  const views = candidates ? readProfiles(source, reader, idsOf(candidates)) : allViews(source, reader, tally);
  let count = 0;
  for await (const page of kept(views, keep)) count += page.length;
  return { count, plan: candidates ? candidates.plan() : 'whole tenant' };
}
