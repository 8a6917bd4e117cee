import { invalidQuery } from '../../errors/api-error.ts';
import type { AccessToken } from '../access/access-token.ts';
import { requireOnTenant } from '../access/permissions.ts';
import type { Profile } from '../profile/profile.ts';
import { findTenantFor, type TenantSource } from '../tenant/load-tenant.ts';
import { candidatesOf, indexStreams } from './candidates.ts';
import { FIRST_READ, findPage } from './find-page.ts';
import type { IndexSource } from './index/entry-page.ts';
import { indexUseOf } from './index/index-use.ts';
import { type WalkSource, walkOf } from './index/walk.ts';
import type { ListPage, Position } from './position.ts';
import type { Asked } from './query/asked.ts';
import { indexCondition } from './query/lookups.ts';
import type { SortOrder } from './query/sort.ts';
import { type ProfileReader, readerOf } from './reader.ts';
import { sortingOf } from './sorting.ts';
import type { TenantList } from './whole-tenant.ts';
import { neededFor, type Window, windowOf } from './window.ts';

/** How a list is sorted and shown. */
export interface ListOptions {
  readonly sortBy?: string | undefined;
  readonly sortOrder?: SortOrder | undefined;
  readonly attributesToReturn: readonly string[] | undefined;
  /** Behind which profile it begins. */
  readonly after?: Position | undefined;
}

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
function requireToShow({ caller, tenant }: ProfileReader, page: ListPage): ListPage {
  if (page.profiles.length > 0) requireOnTenant(caller, tenant.name, 'READ_TENANT');
  return page;
}

/** All that there are. */
export const everything: Window = windowOf({});

/** How the profiles of a list are found that asks for one thing. */
export interface ListSource extends TenantList, Pick<IndexSource, 'listEntryPage'> {}

/** One thing that a list asks for. */
export interface ListTest {
  /** A dotted path of the query language, and what has to be there. */
  readonly field: string;
  readonly asked: Asked;
  /** Whether it is there. */
  passes(view: Profile): boolean;
}

/** As many keys as a page needs at first, and some that are of none any more. */
const firstKeys = (window: Window): number | undefined =>
  Number.isFinite(window.to) ? neededFor(window) + FIRST_READ : undefined;

/** The tenant's profiles that pass a test. */
export async function listWhere(
  source: ListSource,
  reader: ProfileReader,
  options: ListOptions,
  window: Window,
  { field, asked, passes }: ListTest,
): Promise<ListPage> {
  const { after, attributesToReturn } = options;
  const sorting = sortingOf(options);
  const use = indexUseOf(reader);
  const condition = indexCondition(field, asked, use);
  const opening = sorting.by === undefined ? { limit: firstKeys(window), after } : {};
  const candidates = await candidatesOf(
    condition ? [condition] : [],
    indexStreams(source, reader.tenant.id, use, opening),
  );
  const isExact = candidates !== undefined;
  const search = { reader, sorting, keep: passes, candidates, isExact, after, window, attributesToReturn };
  return requireToShow(reader, await findPage(source, search));
}

/** How a range of them is found without reading what is skipped. */
export interface RangeSource extends TenantList, WalkSource {}

/**
 * A range of the tenant's profiles. Where an index has the order, what is skipped is not read; a list by usernames is always read so.
 */
export async function listRange(
  source: RangeSource,
  reader: ProfileReader,
  options: ListOptions,
  window: Window,
): Promise<ListPage> {
  const { after, attributesToReturn } = options;
  const sorting = sortingOf(options);
  const isWalked = Number.isFinite(window.to) || sorting.by === 'username';
  const walk = isWalked ? walkOf(source, reader, sorting, indexUseOf(reader)) : undefined;
  return requireToShow(reader, await findPage(source, { reader, sorting, walk, after, window, attributesToReturn }));
}

/**
 * Whether any profile can have the attribute that a path starts with: none has an undefined one. One that the caller may not read is 400
 * `INVALID_QUERY` (contract 9.1 #14), to a caller who may read the tenant's definitions; to any other 403.
 */
export function canFilterBy(reader: ProfileReader, attributePath: string): boolean {
  const [attribute = ''] = attributePath.split('.');
  if (!reader.hides(attribute)) return reader.readable.has(attribute);
  requireOnTenant(reader.caller, reader.tenant.name, 'READ_TENANT');
  throw invalidQuery(`The list must not use attribute "${attribute}"`);
}
