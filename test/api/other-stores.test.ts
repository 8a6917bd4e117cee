import { join } from 'node:path';
import { forgetSettings } from '../../functions/shared/config/configuration.ts';
import { findTenant } from '../../functions/shared/repositories/tenants.ts';
import { sourceFrom } from '../../lib/import/from/from-options.ts';
import { openSource } from '../../lib/import/read/open-source.ts';
import { runImport } from '../../lib/import/run-import.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

const accessTokenId = 'app-token';
const samples = join(import.meta.dirname, '../support/other-stores');
let api: LocalApi;

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
});
afterAll(() => api.stop());
afterEach(() => {
  delete process.env.RENEW_PASSWORD_HASHES;
  forgetSettings();
});

async function bringOver(from: string, names: readonly string[], tenant: string): Promise<void> {
  const firebaseKeys = from === 'firebase' ? join(samples, 'firebase-hash-parameters.txt') : undefined;
  const given = await openSource(
    names.map((name) => join(samples, name)),
    {},
  );
  const { source } = await sourceFrom(given, { from, tenant, firebaseKeys }, findTenant);
  await runImport(source);
}

async function authenticate(tenantName: string, username: string, password: string): Promise<number> {
  const form = { accessTokenId, tenantName, username, password };
  return (await api.request('POST', '/authentication/authenticate', { form })).status;
}

/** The stored hash of each user of a tenant, by username. */
async function hashesOf(tenant: string): Promise<ReadonlyMap<string, string>> {
  const items = await api.items('profiles');
  const hashes = new Map(
    items.filter(({ sk }) => sk === 'CREDENTIALS').map(({ pk, passwordHash }) => [pk, passwordHash]),
  );
  const profiles = items.filter((item) => item.sk === 'PROFILE' && item.tenant === tenant);
  return new Map(profiles.map(({ pk, username }) => [String(username), String(hashes.get(pk))]));
}

const ours = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/;
const users: readonly (readonly [string, readonly string[], readonly string[], string])[] = [
  ['keycloak', ['keycloak-realm.json'], ['ann@example.org', 'ben', 'old'], 'correct horse'],
  [
    'auth0',
    ['auth0-users.ndjson', 'auth0-password-hashes.ndjson'],
    ['ann@example.org', 'later@example.org'],
    'correct horse',
  ],
  ['firebase', ['firebase-users.json'], ['ann@example.org'], 'user1password'],
  ['kratos', ['kratos-identities.json'], ['ann@example.org'], 'correct horse'],
  ['gotrue', ['gotrue-users.ndjson', 'gotrue-users.csv'], ['ann@example.org', 'cem@example.org'], 'correct horse'],
];

test.each(users)(
  'users of %s sign in with their passwords, and get a hash of ours by that',
  async (from, names, usernames, password) => {
    await bringOver(from, names, from);
    for (const username of usernames) {
      const before = (await hashesOf(from)).get(username);
      expect(before).not.toMatch(ours);
      expect(await authenticate(from, username, `${password}x`)).toBe(401);
      expect((await hashesOf(from)).get(username)).toBe(before);
      expect(await authenticate(from, username, password)).toBe(200);
      expect((await hashesOf(from)).get(username)).toMatch(ours);
      expect(await authenticate(from, username, password)).toBe(200);
    }
  },
);

test('their hashes stay where renewal is off', async () => {
  process.env.RENEW_PASSWORD_HASHES = 'false';
  forgetSettings();
  await bringOver('kratos', ['kratos-identities.json'], 'trial');
  const before = await hashesOf('trial');
  expect(await authenticate('trial', 'ann@example.org', 'correct horse')).toBe(200);
  expect(await hashesOf('trial')).toEqual(before);
});

test('a user of a store that gives out no hashes signs in with no password', async () => {
  await bringOver('cognito', ['cognito-users.csv'], 'cognito');
  expect(new Set((await hashesOf('cognito')).values())).toEqual(new Set(['undefined']));
  for (const password of ['undefined', 'null', 'password'])
    expect(await authenticate('cognito', 'ann', password)).toBe(401);
});
