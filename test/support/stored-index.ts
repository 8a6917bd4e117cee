import { asIndexed } from '../../functions/shared/domain/profile/indexed-profile.ts';
import type { Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import { entryKeysOf } from '../../functions/shared/repositories/index-entries.ts';
import { profileOf } from '../../functions/shared/repositories/profiles.ts';
import { tenantBodyOf, tenantOf } from '../../functions/shared/repositories/tenant-items.ts';

type Item = Readonly<Record<string, unknown>>;

/** The tenants of the Profiles table, by their ids; those whose head and body do not fit together are left out. */
function tenantsIn(items: readonly Item[]): ReadonlyMap<string, Tenant> {
  const bodies = new Map(items.filter(({ pk }) => pk === 'TENANT_BODY').map((item) => [item.sk, item]));
  const tenants = items
    .filter(({ pk }) => pk === 'TENANT')
    .flatMap((head) => {
      const body = bodies.get(head.sk);
      if (head.bodyVersion !== body?.bodyVersion) return [];
      return [tenantOf({ head: { ...head }, body: body && tenantBodyOf({ ...body }) })];
    });
  return new Map(tenants.map((tenant) => [tenant.id, tenant]));
}

const textOf = ({ pk, sk }: Item) => `${pk} ${sk}`;

/** How the index of the Profiles table differs from what its profiles make of it: keys of entries, what a deletion is about to take away aside. */
export function differencesOfIndex(items: readonly Item[], isBeingDeleted: (tenantId: unknown) => boolean) {
  const tenants = tenantsIn(items);
  const wanted = new Set(
    items
      .filter(({ pk, sk }) => String(pk).startsWith('PROFILE#') && sk === 'PROFILE')
      .flatMap((item) => profileOf({ ...item }) ?? [])
      .flatMap((profile) => {
        const tenant = tenants.get(profile.tenantId);
        return tenant === undefined ? [] : [...entryKeysOf(asIndexed(profile, tenant)).values()];
      })
      .map((key) => textOf({ ...key })),
  );
  const entries = items.filter(({ pk }) => String(pk).startsWith('INDEX#'));
  const there = new Set(entries.map(textOf));
  return {
    missing: [...wanted].filter((key) => !there.has(key)),
    needless: entries
      .filter((item) => !wanted.has(textOf(item)) && !isBeingDeleted(String(item.pk).split('#')[1]))
      .map(textOf),
  };
}
