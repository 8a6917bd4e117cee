import { invalidQuery } from '../../errors/api-error.ts';
import type { AccessToken } from '../access/access-token.ts';
import { requireOnTenant } from '../access/permissions.ts';
import type { Profile } from '../profile/profile.ts';
import { findTenantFor, type TenantSource } from '../tenant/load-tenant.ts';
import { comparator, type ProfileOrder, type SortOrder } from './query/sort.ts';
import { eachOnce, mapPages, type Pages, type ProfileBodies, readProfiles, skip } from './read-profiles.ts';
import { type ProfileReader, readerOf, showing } from './reader.ts';
import { takeInOrder, takeSorted, type Window, windowOf } from './window.ts';

/** How a list is sorted and shown. */
export interface ListOptions {
  readonly sortBy?: string | undefined;
  readonly sortOrder?: SortOrder | undefined;
  readonly attributesToReturn: readonly string[] | undefined;
}

/** Undefined without `sortBy`, which may be empty too: the order of creation. */
export const orderOf = ({ sortBy, sortOrder }: Pick<ListOptions, 'sortBy' | 'sortOrder'>): ProfileOrder | undefined =>
  sortBy ? comparator(sortBy, sortOrder) : undefined;

/** The first steps of a list that needs no more than `MANAGE_PROFILES` to find nothing (contract 4.4): undefined for an unknown tenant. */
export async function openTenant(
  source: TenantSource,
  callerOnItsWay: Promise<AccessToken>,
  tenantName: string,
): Promise<ProfileReader | undefined> {
  const { caller, found } = await findTenantFor(source, callerOnItsWay, tenantName);
  requireOnTenant(caller, tenantName, 'MANAGE_PROFILES');
  return found && readerOf(caller, found);
}

/** `READ_TENANT` is asked for only where there is something to show (contract 4.4). */
function requireToShow({ caller, tenant }: ProfileReader, profiles: readonly Profile[]): readonly Profile[] {
  if (profiles.length > 0) requireOnTenant(caller, tenant.name, 'READ_TENANT');
  return profiles;
}

/** How all profiles of a tenant are found. */
export interface TenantList extends ProfileBodies {
  listIdsByCreation(tenantId: string, firstPage?: number): Pages<string>;
}

/** All that there are. */
export const everything: Window = windowOf({});

/** The tenant's profiles that pass a test, all of them. */
export async function listWhere(
  source: TenantList,
  reader: ProfileReader,
  options: ListOptions,
  test: (view: Profile) => boolean,
): Promise<readonly Profile[]> {
  const views = readProfiles(source, reader, source.listIdsByCreation(reader.tenant.id));
  const passing = mapPages(views, (view) => (test(view) ? [view] : []));
  const show = showing(options.attributesToReturn);
  const order = orderOf(options);
  const found = order
    ? await takeSorted(passing, everything, show, order)
    : await takeInOrder(passing, everything, show);
  return requireToShow(reader, found);
}

/** More than one look into an index brings, 1 MB at most. */
const MOST_KEYS = 10_000;

/** How a range of them is found without reading what is skipped. */
export interface RangeSource extends TenantList {
  listUsernames(tenantId: string, order: SortOrder, firstPage?: number): Pages<{ readonly id: string }>;
}

/**
 * A range of the tenant's profiles. By creation and by username the index has the order: what is skipped is not read. A username may be another one
 * by the time that its profile is read: what is found is sorted by those that it shows.
 */
export async function listRange(
  source: RangeSource,
  reader: ProfileReader,
  options: ListOptions,
  window: Window,
): Promise<readonly Profile[]> {
  const show = showing(options.attributesToReturn);
  const order = orderOf(options);
  const tenantId = reader.tenant.id;
  if (order && options.sortBy !== 'username') {
    const views = readProfiles(source, reader, source.listIdsByCreation(tenantId));
    return requireToShow(reader, await takeSorted(views, window, show, order));
  }
  const { from, to } = window;
  const firstPage = Math.min(to, MOST_KEYS);
  const ids = order
    ? eachOnce(mapPages(source.listUsernames(tenantId, options.sortOrder ?? 'DESC', firstPage), ({ id }) => id))
    : source.listIdsByCreation(tenantId, firstPage);
  const views = readProfiles(source, reader, skip(ids, from), to - from);
  const found = await takeInOrder(views, { from: 0, to: to - from }, show);
  return requireToShow(reader, order ? found.toSorted(order) : found);
}

/**
 * Whether any profile can have the attribute that a path starts with: none has an undefined one. One that the caller may not read is 400
 * `INVALID_QUERY` (contract 9.1 #14), to a caller who may read the tenant's definitions; to any other 403.
 */
function canFilterBy(reader: ProfileReader, attributePath: string): boolean {
  const [attribute = ''] = attributePath.split('.');
  if (!reader.hides(attribute)) return reader.readable.has(attribute);
  requireOnTenant(reader.caller, reader.tenant.name, 'READ_TENANT');
  throw invalidQuery(`The list must not use attribute "${attribute}"`);
}

/** The tenant's profiles whose attribute at a path passes a test; none for an unknown tenant or an undefined attribute (contract 5.38, 5.39). */
export async function listByAttribute(
  source: TenantSource & TenantList,
  callerOnItsWay: Promise<AccessToken>,
  parameters: ListOptions & { readonly tenantName: string; readonly attributeName: string },
  test: (view: Profile) => boolean,
): Promise<readonly Profile[]> {
  const reader = await openTenant(source, callerOnItsWay, parameters.tenantName);
  if (reader === undefined || !canFilterBy(reader, parameters.attributeName)) return [];
  return listWhere(source, reader, parameters, test);
}
