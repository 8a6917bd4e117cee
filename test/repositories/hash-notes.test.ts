import type { Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import { endHashNotes } from '../../functions/shared/domain/watch/hash-notes.ts';
import {
  endHashNote,
  findFirebaseKeys,
  listHashNotes,
  noteHashKinds,
  saveHashNote,
} from '../../functions/shared/repositories/hash-notes.ts';
import { findTenant } from '../../functions/shared/repositories/tenants.ts';
import { handler } from '../../functions/watch.ts';
import { type CapturedOutput, captureOutput } from '../support/captured-output.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { operatorHere } from '../support/operator.ts';
import { asWatch } from '../support/recorded-calls.ts';

const DAY_MS = 86_400_000;
const passwordHash = '$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i';
const firebaseKeys = { signerKey: 'c2lnbmVy', saltSeparator: 'Bw==' };
let api: LocalApi;
let output: CapturedOutput;

beforeAll(async () => {
  api = await startLocalApi({ env: { STAGE: 'dev', POWERTOOLS_LOG_LEVEL: 'WARN' } });
});
afterAll(() => api.stop());
beforeEach(async () => {
  await api.clear('profiles');
  output = captureOutput();
});
afterEach(() => output.release());

const look = () => asWatch(() => handler({}, { awsRequestId: 'aws-request' }));

async function noted(atMs = Date.now() - DAY_MS): Promise<Tenant> {
  const tenant = await api.seedTenant();
  expect(await noteHashKinds(tenant, { kinds: ['$2b$06'], firebaseKeys, atMs })).toBe('noted');
  return tenant;
}

/** The tenant's kinds, its version, how far its profiles are looked through, and its keys. */
async function held({ name, id }: Tenant) {
  const now = await findTenant(name);
  const [note] = await listHashNotes();
  return [now?.foreignHashes, now?.version, note?.after, await findFirebaseKeys(id)];
}

/** As many profiles, one after the other. */
const profiles = (count: number, fromMs: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => api.seedProfile({ createdAtMs: fromMs + index })));

test('a note goes with the last hash, and what hashes of Firebase were made with goes, too', async () => {
  const tenant = await noted();
  await api.seedProfile({ password: 'ours' });
  await api.seedProfile({ credentials: { passwordHash: 'md5' } });
  await api.seedProfile();
  await look();
  expect(await held(tenant)).toEqual([undefined, tenant.version + 2, undefined, undefined]);
});

test('a note stays as long as a profile has such a hash, and the profiles before it are not looked at again', async () => {
  const tenant = await noted();
  const before = await profiles(150, 1000);
  const { id } = await api.seedProfile({ createdAtMs: 2000, credentials: { passwordHash } });
  await profiles(3, 3000);
  await look();
  const kept = [['$2b$06'], tenant.version + 1, expect.stringContaining(before[99]?.id ?? ''), firebaseKeys];
  expect(await held(tenant)).toEqual(kept);
  await look();
  expect(await held(tenant)).toEqual(kept);
  const item = { pk: `PROFILE#${id}`, sk: 'CREDENTIALS', profileId: id, credentialEpoch: 1, failedLoginAttempts: 0 };
  await api.put('profiles', [item]);
  await look();
  expect(await held(tenant)).toEqual([undefined, tenant.version + 2, undefined, undefined]);
});

test('a note of the last day stays, for profiles may be on their way', async () => {
  const tenant = await noted(Date.now() - DAY_MS + 60_000);
  await look();
  expect(await held(tenant)).toEqual([['$2b$06'], tenant.version + 1, undefined, firebaseKeys]);
});

test('a call ends with its share of a large tenant, and the next one goes on', async () => {
  const tenant = await noted();
  const looked: (string | undefined)[] = [];
  const pages = Array.from({ length: 300 }, (_, index) => `p${index}`);
  const store = {
    listHashNotes,
    listSweepPage: async (_: string, { after }: { after: string | undefined }) => {
      looked.push(after);
      return { ids: [], next: pages[after === undefined ? 0 : pages.indexOf(after) + 1] };
    },
    findManyCredentials: async () => [],
    saveHashNote,
    endHashNote,
  };
  await endHashNotes(store, Date.now());
  expect([looked.length, (await held(tenant))[2]]).toEqual([200, 'p199']);
  await endHashNotes(store, Date.now());
  expect([looked.length, (await held(tenant))[0]]).toEqual([301, undefined]);
});

test('an operator ends notes with the command sweep, and is told how many', async () => {
  const tenant = await noted();
  const { run, stop } = operatorHere();
  await api.seedProfile({ password: 'ours' });
  const { id } = await api.seedProfile({ credentials: { passwordHash } });
  const nothing = 'No change of a tenant and no deletion is open.';
  expect(await run('sweep')).toEqual([nothing]);
  await api.put('profiles', [
    { pk: `PROFILE#${id}`, sk: 'CREDENTIALS', profileId: id, credentialEpoch: 1, failedLoginAttempts: 0 },
  ]);
  expect(await run('sweep')).toEqual([
    nothing,
    'Tenants that have no password hash of another identity store any more: 1.',
  ]);
  expect(await held(tenant)).toEqual([undefined, tenant.version + 2, undefined, undefined]);
  stop();
});
