import type { Profile } from '../profile/profile.ts';
import { entryAt, type IndexSource } from './index/entry-page.ts';
import { RANGE_OF_CREATION } from './index/key-ranges.ts';
import { entryPages, type Tally } from './index/key-stream.ts';
import type { Position } from './position.ts';
import { mapPages, type Pages, type ProfileBodies, readProfiles } from './read-profiles.ts';
import type { ProfileReader } from './reader.ts';

/** How all profiles of a tenant are found. */
export interface TenantList extends ProfileBodies, Pick<IndexSource, 'listCreationPage'> {
  listIdsByCreation(tenantId: string, firstPage?: number): Pages<string>;
}

/** Counts pages of ids. */
async function* counted(tally: Tally, pages: Pages<string>): AsyncGenerator<readonly string[]> {
  for await (const page of pages) {
    tally.pages += 1;
    yield page;
  }
}

/** The ids of a tenant's profiles in the order of their creation, behind a position in it. */
export function idsOfTenant(
  { listIdsByCreation, listCreationPage }: TenantList,
  { tenant }: ProfileReader,
  tally: Tally,
  { after, limit }: { readonly after?: Position | undefined; readonly limit?: number | undefined },
): AsyncGenerator<readonly string[]> {
  if (after === undefined) return counted(tally, listIdsByCreation(tenant.id, limit));
  const entries = entryPages((look) => listCreationPage(tenant.id, RANGE_OF_CREATION, look), {
    order: 'ASC',
    limit,
    after: entryAt(after),
  });
  return counted(
    tally,
    mapPages(entries, ({ id }) => id),
  );
}

/** Every profile of a tenant as its reader sees it, for a list that has to look at all of them, in the order of creation. */
export const allViews = (source: TenantList, reader: ProfileReader, tally: Tally): AsyncGenerator<readonly Profile[]> =>
  readProfiles(source, reader, idsOfTenant(source, reader, tally, {}));
