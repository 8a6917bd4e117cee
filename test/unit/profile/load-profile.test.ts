import { findPresent } from '../../../functions/shared/domain/profile/load-profile.ts';
import type { Tenant } from '../../../functions/shared/domain/tenant/tenant.ts';
import { exampleProfile } from '../../support/example-profile.ts';
import { exampleTenant } from '../../support/example-tenant.ts';

const id = '66a1f0c2b7e34d0011223344';
const tenant = exampleTenant({ id: '66a1f0c2b7e34d00aabbccdd' });
const profile = exampleProfile({ id, tenant: 'acme', tenantId: tenant.id, appliedVersion: 2 });

test('a tenant read beside the profile, but before a change that the profile has taken in, is read again', async () => {
  const reads: Tenant[] = [];
  const findTenant = async () => {
    const read = { ...tenant, version: reads.length + 1 };
    reads.push(read);
    return read;
  };
  const found = await findPresent({ findProfile: async () => profile, findTenant }, id, 'acme');
  expect(found?.tenant.version).toBe(2);
  expect(reads).toHaveLength(2);
});

test('profile and tenant are read once where neither is behind', async () => {
  const findTenant = jest.fn(async () => ({ ...tenant, version: 2 }));
  expect((await findPresent({ findProfile: async () => profile, findTenant }, id, 'acme'))?.stored).toBe(profile);
  expect(findTenant).toHaveBeenCalledTimes(1);
});

test('a profile of a tenant that is gone, or made anew under the name, is absent', async () => {
  for (const other of [undefined, { ...tenant, id: '66a1f0c2b7e34d00aabbccde' }])
    expect(
      await findPresent({ findProfile: async () => profile, findTenant: async () => other }, id, 'acme'),
    ).toBeUndefined();
});
