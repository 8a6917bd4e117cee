import { tenantWith } from '../../../../functions/shared/domain/tenant/tenant.ts';
import type { JsonObject } from '../../../../functions/shared/domain/values/json.ts';
import { Fields } from '../../../../lib/import/records/fields.ts';
import { tenantRecord } from '../../../../lib/import/records/tenant.ts';
import { differenceOf } from '../../../../lib/import/tenant-difference.ts';
import { takeSamples, takeUsers } from '../../../support/foreign-users.ts';

const recordOf = (document: JsonObject | undefined) =>
  tenantRecord(
    new Fields(document ?? {}, ({ kind }) => {
      throw new Error(kind);
    }),
    0,
  );

const existing = tenantWith(
  {
    name: 'corporate',
    verifyNewProfiles: true,
    ssoEnabled: true,
    cleanseAttributes: false,
    availableRoles: ['editor', 'own'],
    attributeDefinitions: [
      {
        name: 'plan',
        metadata: { label: 'Plan', indexed: true },
        defaultValue: 'free',
        permissions: [{ application: 'shop', allowedActions: ['READ_ATTRIBUTE'] }],
      },
    ],
  },
  0,
);

const ann = { user_id: 'auth0|1', email: 'ann@example.org', app_metadata: { roles: ['editor'], plan: 'gold' } };

test('a tenant that is not here gets the roles of its users, and definitions of their attributes on request', async () => {
  const { tenant } = await takeSamples(['kratos-identities.json'], { makeDefinitions: true });
  const definition = (name: string, displayOrder: number) => ({
    name,
    metadata: { label: name, type: 'TEXT', displayOrder },
    defaultValue: null,
    permissions: [{ application: '*', allowedActions: ['*'] }],
  });
  const names = ['kratosId', 'plan', 'metadata_admin_plan', 'firstName', 'lastName', 'newsletter'];
  expect(recordOf(tenant)).toMatchObject({
    name: 'corporate',
    availableRoles: ['editor'],
    attributeDefinitions: names.map(definition),
  });
});

test('an attribute is complex where any user has more than text in it', async () => {
  const users = [{ color: 'red' }, { color: ['red', 'green'] }, { color: 'blue', size: 7 }];
  const { tenant } = await takeUsers(
    'auth0',
    users.map((user_metadata, at) => ({ user_id: `auth0|${at}`, email: `${at}@example.org`, user_metadata })),
    { makeDefinitions: true },
  );
  const types = recordOf(tenant).attributeDefinitions.map(({ name, metadata }) => [name, metadata?.type]);
  expect(types).toEqual([
    ['auth0Id', 'TEXT'],
    ['color', 'COMPLEX'],
    ['size', 'TEXT'],
  ]);
});

test('a tenant that is here and lacks nothing is the same', async () => {
  const { tenant } = await takeUsers('auth0', [ann], { existing });
  expect(differenceOf(existing, recordOf(tenant))).toEqual([]);
});

test('a tenant that is here differs by the roles that it lacks, and by definitions where these are asked for', async () => {
  const user = { ...ann, app_metadata: { roles: ['admin'], seats: 3 } };
  const without = await takeUsers('auth0', [user], { existing });
  expect(differenceOf(existing, recordOf(without.tenant))).toEqual(['roles that it lacks here: "admin"']);
  const made = await takeUsers('auth0', [user], { existing, makeDefinitions: true });
  expect(differenceOf(existing, recordOf(made.tenant))).toEqual([
    'roles that it lacks here: "admin"',
    'definitions that it lacks here: "auth0Id", "seats"',
  ]);
});

test('more attributes than a tenant can define are refused where definitions are asked for, and taken where not', async () => {
  const app_metadata = Object.fromEntries(Array.from({ length: 250 }, (_, at) => [`a${at}`, at]));
  const users = [{ ...ann, app_metadata }];
  await expect(takeUsers('auth0', users, { makeDefinitions: true })).rejects.toMatchObject({
    name: 'UsageError',
    message: expect.stringContaining('more attributes than the 250 that a tenant can define'),
  });
  const { profiles } = await takeUsers('auth0', users);
  expect(Object.keys(Object(profiles.get('ann@example.org')?.attributes))).toHaveLength(251);
});

test('a tenant with something of each user for a role gets no more than 1,000 roles', async () => {
  const users = Array.from({ length: 1100 }, (_, at) => ({
    user_id: `auth0|${at}`,
    email: `${at}@example.org`,
    app_metadata: { roles: [`role-${at}`] },
  }));
  const { tenant } = await takeUsers('auth0', users);
  expect(tenant?.availableRoles).toHaveLength(1000);
});
