import { foreignSource } from '../../../../lib/import/from/foreign-source.ts';
import { allOf, usersSource } from '../../../support/foreign-users.ts';

const user = { user_id: 'auth0|1', email: 'ann@example.org' };
const options = { tenant: 'corporate', nowMs: 0 };

test('files of a known shape need no kind, and become a source like that of the old server', async () => {
  const source = await foreignSource(usersSource('auth0', [user]), options);
  expect(source).toMatchObject({ kind: undefined, collections: ['tenant', 'profile'], notes: [] });
  expect([source.sizeOf('profile'), source.sizeOf('tenant')]).toEqual([1, 0]);
});

test('files whose shape nobody knows are read as what they are said to be', async () => {
  const source = await foreignSource(usersSource(undefined, [user]), { ...options, kind: 'auth0' });
  expect(await allOf(source, 'profile')).toMatchObject([{ value: { username: 'ann@example.org' } }]);
});

test.each([
  [usersSource('auth0', [user]), { ...options, kind: 'keycloak' } as const, 'users of Auth0, and not of Keycloak'],
  [usersSource(undefined, [user]), options, 'no other identity store'],
  [{ ...usersSource('kratos', []), collections: [] }, options, 'no users of Ory Kratos'],
  [usersSource('auth0', [user]), { ...options, tenant: '*' }, 'No tenant can be called as --tenant says'],
])('what cannot be meant is wrong usage: %#', async (source, wanted, message) => {
  await expect(foreignSource(source, wanted)).rejects.toMatchObject({
    name: 'UsageError',
    message: expect.stringContaining(message),
  });
});
