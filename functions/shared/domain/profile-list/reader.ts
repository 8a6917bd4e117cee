import type { AccessToken } from '../access/access-token.ts';
import { requireOnTenant } from '../access/permissions.ts';
import { projectAttributes } from '../profile/attributes.ts';
import { settledFor } from '../profile/load-profile.ts';
import type { Profile } from '../profile/profile.ts';
import { readableAttributes } from '../tenant/attribute-permissions.ts';
import type { Tenant } from '../tenant/tenant.ts';

/** One caller before the profiles of one tenant; what it may see is worked out once for a whole list. */
export interface ProfileReader {
  readonly caller: AccessToken;
  readonly tenant: Tenant;
  /** Names of the attributes that the caller may read. */
  readonly readable: ReadonlySet<string>;
  /** Whether the attribute is defined and the caller may not read it. One without definition is missing, for everybody. */
  hides(attribute: string): boolean;
  /**
   * The profile as filters and sorts of this caller see it: settled, without the attributes that are not readable, so that none of those can
   * be probed (contract 6.1.5, 6.1.7). Undefined where it is not of this tenant.
   */
  view(stored: Profile): Profile | undefined;
}

/** The reader of this caller and tenant; whether it may read profiles at all is checked elsewhere. */
export function readerOf(caller: AccessToken, tenant: Tenant): ProfileReader {
  const readable = readableAttributes(caller, tenant);
  const defined = new Set(tenant.attributeDefinitions.map(({ name }) => name));
  return {
    caller,
    tenant,
    readable,
    hides: (attribute) => defined.has(attribute) && !readable.has(attribute),
    view(stored) {
      const profile = settledFor(stored, tenant)?.profile;
      if (profile === undefined) return undefined;
      return { ...profile, attributes: new Map([...profile.attributes].filter(([name]) => readable.has(name))) };
    },
  };
}

/** A view, cut down to the attributes that were asked for (contract 6.1.4). */
export const showing =
  (attributesToReturn: readonly string[] | undefined) =>
  (view: Profile): Profile => ({ ...view, attributes: projectAttributes(view.attributes, attributesToReturn) });

/**
 * Views of profiles of any tenants, page by page, those of tenants that are gone left out. The first of a tenant on which the caller has not both
 * `MANAGE_PROFILES` and `READ_TENANT` is a 403 (contract 4.4, by_ids). Each tenant is read once.
 */
export async function* viewsOf(
  { findTenant }: { findTenant(name: string): Promise<Tenant | undefined> },
  caller: AccessToken,
  pages: AsyncIterable<readonly Profile[]>,
): AsyncGenerator<readonly Profile[]> {
  const readers = new Map<string, ProfileReader | undefined>();
  for await (const stored of pages) {
    const unknown = [...new Set(stored.map(({ tenant }) => tenant))].filter((name) => !readers.has(name));
    const tenants = await Promise.all(unknown.map(findTenant));
    for (const [at, name] of unknown.entries()) {
      const tenant = tenants[at];
      readers.set(name, tenant && readerOf(caller, tenant));
    }
    yield stored.flatMap((profile) => {
      const view = readers.get(profile.tenant)?.view(profile);
      if (view === undefined) return [];
      requireOnTenant(caller, view.tenant, 'MANAGE_PROFILES', 'READ_TENANT');
      return [view];
    });
  }
}
