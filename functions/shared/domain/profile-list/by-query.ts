import type { AccessToken } from '../access/access-token.ts';
import { requireOnTenant } from '../access/permissions.ts';
import type { Profile } from '../profile/profile.ts';
import { findTenantFor, requireTenant, type TenantSource } from '../tenant/load-tenant.ts';
import { type ListOptions, orderOf, type TenantList } from './list.ts';
import { checkQuery } from './query/check.ts';
import { matches, matchesUsername } from './query/match.ts';
import { parseQuery } from './query/parse.ts';
import { planOf, type QueryPlan } from './query/plan.ts';
import { byCreation } from './query/sort.ts';
import type { Query } from './query/tree.ts';
import { eachOnce, mapPages, type Pages, readProfiles } from './read-profiles.ts';
import { type ProfileReader, readerOf, showing } from './reader.ts';
import { takeInOrder, takeSorted, type Window } from './window.ts';

/** A query that its caller may ask. */
export interface ProfileQuery {
  readonly reader: ProfileReader;
  readonly query: Query;
  readonly plan: QueryPlan;
}

/**
 * The first steps of every query (contract 5.28): 403 without `MANAGE_PROFILES` or `READ_TENANT`, 404 `NO_SUCH_TENANT`, 400 `INVALID_QUERY`.
 */
export async function openQuery(
  source: TenantSource,
  callerOnItsWay: Promise<AccessToken>,
  parameters: { readonly tenantName: string; readonly query: string },
): Promise<ProfileQuery> {
  const { caller, found } = await findTenantFor(source, callerOnItsWay, parameters.tenantName);
  requireOnTenant(caller, parameters.tenantName, 'MANAGE_PROFILES');
  const tenant = requireTenant(caller, parameters.tenantName, found);
  const reader = readerOf(caller, tenant);
  const query = parseQuery(parameters.query);
  checkQuery(query, (attribute) => !reader.hides(attribute));
  return { reader, query, plan: planOf(query) };
}

/** How the candidates of every plan are found. */
export interface QuerySource extends TenantList {
  findUsername(tenant: string, username: string): Promise<{ profileId: string; tenantId: string } | undefined>;
  listIdsByEmail(tenantId: string, email: string): Pages<string>;
  listUsernames(tenantId: string): Pages<{ readonly id: string; readonly username: string }>;
}

/** Ids of every profile of the tenant that can match. */
async function candidatesOf(source: QuerySource, { reader, query, plan }: ProfileQuery): Promise<Pages<string>> {
  const { tenant } = reader;
  switch (plan.by) {
    case 'id':
      return [[plan.id]];
    case 'username': {
      const login = await source.findUsername(tenant.name, plan.username);
      return login?.tenantId === tenant.id ? [[login.profileId]] : [];
    }
    case 'email':
      return source.listIdsByEmail(tenant.id, plan.email);
    case 'usernameKeys':
      return eachOnce(
        mapPages(source.listUsernames(tenant.id), ({ id, username }) => (matchesUsername(query, username) ? [id] : [])),
      );
    case 'tenant':
      return source.listIdsByCreation(tenant.id);
  }
}

/** What the first read of a search brings that may end with its first matches. */
const FIRST_READ = 100;

/** Whatever the plan gave is checked again, as it is stored and settled now. */
async function matchesOf(source: QuerySource, asked: ProfileQuery, first?: number) {
  const views = readProfiles(source, asked.reader, await candidatesOf(source, asked), first);
  return mapPages(views, (view) => (matches(asked.query, view) ? [view] : []));
}

/** The window of the profiles that match, sorted or in the order of creation. */
export async function findMatches(
  source: QuerySource,
  asked: ProfileQuery,
  options: ListOptions,
  window: Window,
): Promise<readonly Profile[]> {
  const show = showing(options.attributesToReturn);
  const order = orderOf(options) ?? (asked.plan.by === 'usernameKeys' ? byCreation : undefined);
  if (order) return takeSorted(await matchesOf(source, asked), window, show, order);
  const first = Number.isFinite(window.to) ? FIRST_READ : undefined;
  return takeInOrder(await matchesOf(source, asked, first), window, show);
}

/** How many profiles match. */
export async function countMatches(source: QuerySource, asked: ProfileQuery): Promise<number> {
  let count = 0;
  for await (const page of await matchesOf(source, asked)) count += page.length;
  return count;
}
