import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FirebaseKeys } from '../../functions/shared/domain/sign-in/foreign/firebase-keys.ts';
import { findFirebaseKeys, noteHashKinds } from '../../functions/shared/repositories/hash-notes.ts';
import { findTenant } from '../../functions/shared/repositories/tenants.ts';
import { runExport } from '../../lib/export/run-export.ts';
import { UsageError } from '../../lib/usage-error.ts';
import { documentsOf } from '../support/exported-documents.ts';
import { importing, importingCollections } from '../support/importing.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

const accessTokenId = 'app-token';
const bcrypt = '$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i';
const firebaseKeys = {
  signerKey: 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==',
  saltSeparator: 'Bw==',
};
const otherKeys = { signerKey: 'b3RoZXI=', saltSeparator: 'Bw==' };
const ofFirebase =
  '$firescrypt$ln=14,r=8,p=1$42xEC+ixf3L2lw$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ';
const kinds = ['$2b$06', '$firescrypt$ln=14,r=8,p=1'];
const all = { format: 'own', withSecrets: true, withAttachments: false, tenant: undefined, stage: 'local' } as const;
const directory = mkdtempSync(join(tmpdir(), 'export-'));
let api: LocalApi;
let made = 0;

beforeAll(async () => {
  api = await startLocalApi();
});
afterAll(() => {
  rmSync(directory, { recursive: true });
  return api.stop();
});
beforeEach(async () => {
  for (const table of ['profiles', 'tokens', 'tickets'] as const) await api.clear(table);
  await api.seedAccessToken({ id: accessTokenId });
});

/** A tenant of a Firebase project, with a profile for each of these hashes. */
async function seed(name: string, keys: FirebaseKeys, hashes: readonly string[]) {
  const tenant = await api.seedTenant({ name });
  await noteHashKinds(tenant, { kinds, firebaseKeys: keys, atMs: 1 });
  for (const [at, passwordHash] of hashes.entries())
    await api.seedProfile({ tenant: name, username: `user-${at}`, credentials: { passwordHash } });
  return tenant;
}

async function exported(options: Partial<Parameters<typeof runExport>[1]> = {}) {
  const folder = join(directory, `${++made}`);
  await runExport(folder, { ...all, ...options });
  const text = ['tenant', 'profile']
    .map((name) => readFileSync(join(folder, `${name}.json${options.format === 'mongoexport' ? '' : 'l'}`), 'utf8'))
    .join('');
  return { folder, text };
}

const authenticate = async (tenantName: string, username: string, password: string) => {
  const form = { accessTokenId, tenantName, username, password };
  return (await api.request('POST', '/authentication/authenticate', { form })).status;
};

test('users with hashes of other stores sign in after an export and an import, those of two Firebase projects, too', async () => {
  await seed('first', firebaseKeys, [ofFirebase, bcrypt]);
  await seed('second', otherKeys, [ofFirebase]);
  const first = await exported();
  for (const table of ['profiles', 'tokens', 'tickets'] as const) await api.clear(table);
  const { report } = await importing([first.folder]);
  expect([report.of('profile', 'imported'), report.rejected, report.oddities.size]).toEqual([3, 0, 0]);
  expect((await exported()).text).toBe(first.text);
  const { id } = (await findTenant('second')) ?? { id: '' };
  expect(await findFirebaseKeys(id)).toEqual(otherKeys);
  expect(await authenticate('first', 'user-0', 'user1password')).toBe(200);
  expect(await authenticate('first', 'user-1', 'abc')).toBe(200);
  expect(await authenticate('second', 'user-0', 'user1password')).toBe(401);
});

test('the keys of Firebase are in an export with secrets of a tenant that has a hash of it, and in no other one', async () => {
  await seed('shop', firebaseKeys, [ofFirebase]);
  const { folder } = await exported();
  expect(documentsOf(folder, 'tenant.jsonl')).toMatchObject([{ name: 'shop', firebaseKeys }]);
  for (const options of [{ withSecrets: false }, { format: 'mongoexport' }] as const)
    expect((await exported(options)).text).not.toMatch(/firebaseKeys|jxspr8|firescrypt/);
  for (const table of ['profiles', 'tokens', 'tickets'] as const) await api.clear(table);
  await seed('shop', firebaseKeys, [bcrypt]);
  expect((await exported()).text).not.toMatch(/firebaseKeys|jxspr8/);
});

test('users of another Firebase project are refused before any of them is written, in a dry run, too', async () => {
  await seed('shop', firebaseKeys, []);
  const collections = {
    tenant: [{ name: 'shop', firebaseKeys: otherKeys }],
    profile: [{ _id: '592715d4d4c650e226b03b62', username: 'mara', tenant: 'shop', password: ofFirebase }],
  };
  for (const dryRun of [true, false]) {
    const refusal = importingCollections(collections, { dryRun });
    await expect(refusal).rejects.toThrow(UsageError);
    await expect(refusal).rejects.toThrow('Tenant "shop" has hashes of another Firebase project');
  }
  expect((await api.items('profiles')).filter(({ sk }) => sk === 'CREDENTIALS')).toEqual([]);
});

test('keys that are none are told, and the passwords that need them stay behind, which a comparison tells', async () => {
  for (const keys of ['key', { signerKey: 'no base64' }, { ...firebaseKeys, saltSeparator: '' }, []]) {
    const name = `shop-${++made}`;
    const collections = {
      tenant: [{ name, firebaseKeys: keys }],
      profile: [{ username: 'mara', tenant: name, enabled: true, password: ofFirebase }],
    };
    const { report } = await importingCollections(collections);
    expect([...report.oddities.keys()]).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^keys of Firebase were left out/),
        expect.stringMatching(/none of the keys of Firebase$/),
      ]),
    );
    expect(await authenticate(name, 'mara', 'user1password')).toBe(401);
    const again = await importingCollections(collections);
    expect(again.report.of('profile', 'there')).toBe(1);
    const verified = await importingCollections(collections, { verify: true });
    expect([verified.report.of('profile', 'there'), verified.report.of('profile', 'different')]).toEqual([0, 1]);
  }
});
