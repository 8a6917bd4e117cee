import { noteHashKinds } from '../../../functions/shared/repositories/hash-notes.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

const accessTokenId = 'app-token';
/** Of cost 11, some 140 ms: four times as much as one of ours, which is seen beside whatever else the machine does. */
const passwordHash = '$2a$11$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe';
const ROUNDS = 25;
/** Two samples of the same are beyond it once in 15,000 times. */
const MOST_DEVIATIONS = 4;
jest.setTimeout(120_000);
let api: LocalApi;

beforeAll(async () => {
  api = await startLocalApi({ env: { LOCK_THRESHOLD: '9999999999' } });
  await api.seedAccessToken({ id: accessTokenId });
});
afterAll(() => api.stop());

/** How many standard deviations the ranks of two samples are apart (Mann and Whitney). */
function deviations(a: readonly number[], b: readonly number[]): number {
  const above = a.reduce((sum, one) => sum + b.filter((other) => one > other).length, 0);
  const pairs = a.length * b.length;
  return Math.abs(above - pairs / 2) / Math.sqrt((pairs * (a.length + b.length + 1)) / 12);
}

async function timeOf(tenantName: string, username: string): Promise<number> {
  const form = { accessTokenId, tenantName, username, password: 'wrong' };
  const startedMs = performance.now();
  const { status } = await api.request('POST', '/authentication/authenticate', { form });
  expect(status).toBe(401);
  return performance.now() - startedMs;
}

/** The times of failures of each user, taken by turns, so that what else the machine does meets all. */
async function timesOf(tenantName: string, usernames: readonly string[]): Promise<ReadonlyMap<string, number[]>> {
  const times = new Map<string, number[]>(usernames.map((username) => [username, []]));
  for (let round = -3; round < ROUNDS; round++)
    for (const [index] of usernames.entries()) {
      const username = usernames[(index + round + usernames.length) % usernames.length] ?? '';
      const time = await timeOf(tenantName, username);
      if (round >= 0) times.get(username)?.push(time);
    }
  return times;
}

/** How far each of the others is from the user with a hash of another store, which a tenant notes or, against the rule, does not. */
async function distances(name: string, isNoted: boolean): Promise<readonly number[]> {
  const tenant = await api.seedTenant({ name });
  await api.seedProfile({ tenant: name, username: 'of-bcrypt', credentials: { passwordHash } });
  await api.seedProfile({ tenant: name, username: 'of-ours', password: 'right horse' });
  await api.seedProfile({ tenant: name, username: 'without' });
  if (isNoted) await noteHashKinds(tenant, { kinds: ['$2b$11'], atMs: 1 });
  const [first = [], ...others] = (await timesOf(name, ['of-bcrypt', 'of-ours', 'without', 'nobody'])).values();
  return others.map((other) => deviations(first, other));
}

test('in a tenant with hashes of another store the time of a failed sign-in tells nobody from another', async () => {
  for (const distance of await distances('noted', true)) expect(distance).toBeLessThan(MOST_DEVIATIONS);
});

test('it would, if these were not noted: the samples are large enough', async () => {
  for (const distance of await distances('not-noted', false)) expect(distance).toBeGreaterThan(MOST_DEVIATIONS);
});
