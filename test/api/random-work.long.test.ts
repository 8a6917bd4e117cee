import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { findOrphans } from '../support/orphans.ts';
import { actionNames, sweepToTheEnd, workAtRandom } from '../support/random-work.ts';

let api: LocalApi;

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  await api.seedAccessToken({ master: true });
});
afterAll(() => api.stop());

test('random creates, renames, deletes and tenant changes by many at once leave no orphans', async () => {
  const { done, refused, unexpected, faults } = await workAtRandom(api, { workers: 6, durationMs: 3000, seed: 4 });
  expect(unexpected).toEqual([]);
  expect(Object.keys(done).sort()).toEqual([...actionNames].sort());
  expect(refused).toBeGreaterThan(0);
  expect(faults).toBeGreaterThan(0);
  expect(await findOrphans(api)).toEqual([]);
  await sweepToTheEnd();
  expect(await findOrphans(api)).toEqual([]);
  expect((await api.items('profiles')).filter(({ pk }) => pk === 'SWEEP')).toEqual([]);
});
