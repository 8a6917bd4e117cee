import type { Profile } from '../../functions/shared/domain/profile/profile.ts';
import { noteRefusedMail } from '../../functions/shared/repositories/refused-mails.ts';
import { reportLeftover } from '../../functions/shared/repositories/sweeps.ts';
import { deleteTenant, updateTenantAndSweep } from '../../functions/shared/repositories/tenants.ts';
import { handler } from '../../functions/watch.ts';
import { type CapturedOutput, captureOutput } from '../support/captured-output.ts';
import { type Faults, installFaults } from '../support/faults.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { asWatch } from '../support/recorded-calls.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
let api: LocalApi;
let output: CapturedOutput;
let faults: Faults;

beforeAll(async () => {
  api = await startLocalApi({ env: { STAGE: 'dev', POWERTOOLS_LOG_LEVEL: 'WARN' } });
  faults = installFaults();
});
afterAll(() => {
  faults.uninstall();
  return api.stop();
});
beforeEach(async () => {
  for (const table of ['profiles', 'tokens'] as const) await api.clear(table);
  output = captureOutput();
});
afterEach(() => output.release());

/** What one look publishes; every figure in a line of its own, of this stage. */
async function look(): Promise<Readonly<Record<string, number>>> {
  await asWatch(() => handler({}, { awsRequestId: 'aws-request' }));
  const lines = output.records().filter(({ _aws }) => _aws !== undefined);
  return Object.assign({}, ...lines.map(({ _aws, stage, ...values }) => (stage === 'dev' ? values : {})));
}

const change = (version: number, atMs: number) => ({
  version,
  atMs,
  removeRoles: ['A'],
  removeAttributes: [],
  defaults: new Map(),
  indexFields: [],
  dropFields: [],
});

test('where nothing waits, it says so', async () => {
  expect(await look()).toEqual({ OldestOpenChangeSeconds: 0, AccessTokenDaysLeft: 3650, ProfilesWaitingForMail: 0 });
});

test('a change of a tenant is as old as the oldest that is pending', async () => {
  const tenant = await api.seedTenant();
  const [first, second] = [change(1, Date.now() - 2 * HOUR_MS), change(2, Date.now())];
  await updateTenantAndSweep({ ...tenant, version: tenant.version + 1, pending: [first, second] });
  expect((await look()).OldestOpenChangeSeconds).toBeCloseTo(7200, -1);
});

test('a deletion of a tenant is as old as it is, though nobody has begun with it', async () => {
  await deleteTenant(await api.seedTenant(), Date.now() - HOUR_MS);
  expect((await look()).OldestOpenChangeSeconds).toBeCloseTo(3600, -1);
});

test('what is left of a profile is as old as its report', async () => {
  await reportLeftover('5b0000000000000000000001', Date.now() - HOUR_MS);
  expect((await look()).OldestOpenChangeSeconds).toBeCloseTo(3600, -1);
});

test('of a sweep from before times were kept nothing is known until it is begun', async () => {
  const sweep = { pk: 'SWEEP', sk: '5a0000000000000000000001', tenant: 'gone', kind: 'delete', revision: 'r' };
  await api.put('profiles', [sweep]);
  expect((await look()).OldestOpenChangeSeconds).toBe(0);
  const pass = { scope: 'all', version: 0, beganAtMs: Date.now() - HOUR_MS, dueAtMs: 0, found: false };
  await api.put('profiles', [{ ...sweep, pass }]);
  expect((await look()).OldestOpenChangeSeconds).toBeCloseTo(3600, -1);
});

test.each([
  [30, [100, 30, null]],
  [-2, [30, -2]],
  [3650, [null]],
])('the first of the access tokens ends in %d days', async (days, ends) => {
  await api.seedAccessTokens(
    ends.map((end, index) => ({
      id: `token${index}`,
      createdAtMs: Date.now() - 400 * DAY_MS,
      expiresOnMs: end === null ? null : Date.now() + end * DAY_MS,
    })),
  );
  expect((await look()).AccessTokenDaysLeft).toBeCloseTo(days, 3);
});

test('a token that is made for less than a day may end', async () => {
  await api.seedAccessToken({ expiresOnMs: Date.now() + HOUR_MS });
  expect((await look()).AccessTokenDaysLeft).toBe(3650);
});

/** A profile that was made to wait for its mail, which was refused. */
async function waiting(username: string, partial: Partial<Profile> = {}): Promise<Profile> {
  const made = { username, enabled: false, createdAtMs: 5, disableEpoch: 5 };
  const profile = await api.seedProfile({ ...made, ...partial });
  await noteRefusedMail(profile, 6);
  return profile;
}
const notes = async () => (await api.items('profiles')).filter(({ pk }) => pk === 'MAIL_REFUSED').map(({ sk }) => sk);

test('profiles that wait for a mail are counted, the notes of all others go', async () => {
  await api.seedTenant();
  const [first, second] = [await waiting('mara'), await waiting('otto')];
  await waiting('enabled', { enabled: true });
  await waiting('verified', { verified: true });
  await waiting('disabled', { disableEpoch: 6 });
  expect((await look()).ProfilesWaitingForMail).toBe(2);
  const ids = [first.id, second.id].sort();
  expect((await notes()).sort()).toEqual(ids);
  const [warning] = output.records().filter(({ level }) => level === 'WARN');
  expect([warning.operation, warning.profileIds.sort()]).toEqual(['watch', ids]);
  expect(output.text()).not.toMatch(/mara|otto/);
});

test('what cannot be found out hides no other, and the call fails without a word of data', async () => {
  faults.failNext('Query', () => new Error('canary'), 1);
  await expect(look()).rejects.toThrow(new Error('The call failed: its log says why'));
  const published = output.records().flatMap(({ _aws }) => _aws?.CloudWatchMetrics[0].Metrics ?? []);
  expect(published).toHaveLength(2);
  expect(output.records()).toContainEqual(expect.objectContaining({ level: 'ERROR', operation: 'watch' }));
  expect(output.text()).not.toContain('canary');
});

test('without its settings it says which are missing', async () => {
  const { PROFILES_TABLE } = process.env;
  delete process.env.PROFILES_TABLE;
  await expect(handler({}, { awsRequestId: 'aws-request' })).rejects.toThrow('The call failed: its log says why');
  process.env.PROFILES_TABLE = PROFILES_TABLE;
  expect(output.text()).toContain('PROFILES_TABLE is missing');
});
