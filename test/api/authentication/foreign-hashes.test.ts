import crypto from 'node:crypto';
import { forgetSettings } from '../../../functions/shared/config/configuration.ts';
import type { Tenant } from '../../../functions/shared/domain/tenant/tenant.ts';
import { noteHashKinds } from '../../../functions/shared/repositories/hash-notes.ts';
import { findTenant } from '../../../functions/shared/repositories/tenants.ts';
import { installFaults } from '../../support/faults.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

const accessTokenId = 'app-token';
const bcrypt = '$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i';
const firebaseKeys = {
  signerKey: 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==',
  saltSeparator: 'Bw==',
};
const ofFirebase =
  '$firescrypt$ln=14,r=8,p=1$42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==';
const kinds = ['$2b$06', '$firescrypt$ln=14,r=8,p=1'];
let api: LocalApi;
let tenant: Tenant;

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
  tenant = await api.seedTenant();
  await noteHashKinds(tenant, { kinds, firebaseKeys, atMs: 1 });
});
afterAll(() => api.stop());
afterEach(() => {
  jest.restoreAllMocks();
  delete process.env.RENEW_PASSWORD_HASHES;
  forgetSettings();
});

const authenticate = (username: string, password: string, tenantName = 'default') =>
  api.request('POST', '/authentication/authenticate', { form: { accessTokenId, tenantName, username, password } });

const hashOf = async (id: string) =>
  (await api.items('profiles')).find(({ pk, sk }) => pk === `PROFILE#${id}` && sk === 'CREDENTIALS')?.passwordHash;

test.each([
  ['bcrypt', bcrypt, 'abc'],
  ['Firebase', ofFirebase, 'user1password'],
])('a hash of %s signs in, and is replaced by one of ours', async (username, passwordHash, password) => {
  const { id } = await api.seedProfile({ username, credentials: { passwordHash, failedLoginAttempts: 3 } });
  expect((await authenticate(username, `${password}x`)).status).toBe(401);
  expect(await hashOf(id)).toBe(passwordHash);
  expect((await authenticate(username, password)).status).toBe(200);
  expect(await hashOf(id)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect((await authenticate(username, password)).status).toBe(200);
});

test('where hashes are not renewed, those of other stores and of the old server stay', async () => {
  process.env.RENEW_PASSWORD_HASHES = 'false';
  forgetSettings();
  const legacy = 'Bqap0aPRFeuqmJJSuYpDloh9TB6V78ogUv7pndrToxk=|AAECAwQFBgcICQoLDA0ODw==';
  for (const [username, passwordHash, password] of [
    ['kept', bcrypt, 'abc'],
    ['kept-old', legacy, 'correct horse'],
  ] as const) {
    const { id } = await api.seedProfile({ username, credentials: { passwordHash } });
    expect((await authenticate(username, password)).status).toBe(200);
    expect(await hashOf(id)).toBe(passwordHash);
  }
});

test('a hash that would cost too much is never right, and costs nothing but what each failure does', async () => {
  const passwordHash = bcrypt.replace('$06$', '$31$');
  await api.seedProfile({ username: 'costly', credentials: { passwordHash } });
  expect((await authenticate('costly', 'abc')).status).toBe(401);
});

test('nobody can be told from another by the calls and the work of a failed sign-in', async () => {
  for (const [username, passwordHash] of [
    ['of-bcrypt', bcrypt],
    ['of-firebase', ofFirebase],
    ['without', undefined],
  ] as const)
    await api.seedProfile({ username, credentials: { passwordHash } });
  await api.seedProfile({ username: 'of-ours', password: 'right horse' });
  await api.seedProfile({ username: 'disabled', password: 'right horse', enabled: false });
  const wasm = jest.spyOn(Object.getOwnPropertyDescriptor(globalThis, 'WebAssembly')?.value, 'instantiate');
  const argon2 = jest.spyOn(crypto, 'argon2Sync');
  const scrypt = jest.spyOn(crypto, 'scryptSync');
  const store = installFaults();
  const workOf = async (username: string, password: string) => {
    store.calls.length = 0;
    for (const spy of [wasm, argon2, scrypt]) spy.mockClear();
    await authenticate(username, password);
    return [
      store.calls.map(({ operation }) => operation),
      ...[wasm, argon2, scrypt].map((spy) => spy.mock.calls.length),
    ];
  };
  const wrong = await workOf('of-bcrypt', 'wrong');
  expect(wrong).toEqual([['BatchGetItem', 'BatchGetItem', 'GetItem', 'UpdateItem'], 1, 1, 1]);
  for (const username of ['of-firebase', 'without', 'of-ours', 'nobody', 'disabled'])
    expect([username, await workOf(username, 'wrong')]).toEqual([username, wrong]);
  expect(await workOf('disabled', 'right horse')).toEqual(wrong);
  store.uninstall();
});

test('a tenant takes its note and the keys of Firebase with it when it is deleted', async () => {
  const other = await api.seedTenant({ name: 'other' });
  await noteHashKinds(other, { kinds, firebaseKeys, atMs: 1 });
  const { status } = await api.request('POST', '/tenant/other/delete', { query: { accessTokenId } });
  expect(status).toBe(200);
  const left = (await api.items('profiles')).filter(({ sk }) => sk === other.id);
  expect(left.map(({ pk }) => pk)).toEqual(['SWEEP']);
});

test('what a tenant has of other stores is on no wire', async () => {
  const { body } = await api.request('GET', '/tenant/default', { query: { accessTokenId } });
  const changed = await api.request('POST', '/tenant/default/roles/add', { query: { accessTokenId, role: 'A' } });
  expect(JSON.stringify([body, changed.body])).not.toMatch(/foreign|2b|scrypt/);
  expect((await findTenant('default'))?.foreignHashes).toEqual(kinds);
});
