import type { SweepDependencies } from '../../functions/shared/domain/sweep/sweep.ts';
import { type CapturedOutput, captureOutput } from '../support/captured-output.ts';
import { definition } from '../support/definitions.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { loadProfiles, profileOfTenant } from '../support/many-profiles.ts';
import { eagerSweep, sweepAll } from '../support/sweeping.ts';

let api: LocalApi;
let output: CapturedOutput;
const query = { accessTokenId: 'app-token' };

beforeAll(async () => {
  api = await startLocalApi({ bucket: true, env: { POWERTOOLS_LOG_LEVEL: 'INFO' } });
  await api.seedAccessToken();
});
afterAll(() => api.stop());
beforeEach(async () => {
  output = captureOutput();
  const tenant = await api.seedTenant({ availableRoles: ['A'], attributeDefinitions: [definition('firstName')] });
  await loadProfiles(Array.from({ length: 110 }, (_, index) => profileOfTenant(tenant, index, { roles: ['A'] })));
});
afterEach(() => output.release());

/** Runs the worker; answers its records, and how many steps changed the store. */
async function worked(deps: Partial<SweepDependencies> = {}) {
  const { length } = output.records();
  let steps = 0;
  const counting =
    <Parameters extends readonly unknown[], Result>(call: (...parameters: Parameters) => Promise<Result>) =>
    (...parameters: Parameters): Promise<Result> => {
      steps++;
      return call(...parameters);
    };
  // Each step ends with one of these.
  const { saveSweep, endSettling, closeSweep } = eagerSweep;
  const ends = { saveSweep: counting(saveSweep), endSettling: counting(endSettling), closeSweep: counting(closeSweep) };
  await sweepAll({ ...ends, ...deps }).catch(() => undefined);
  const records = output
    .records()
    .slice(length)
    .filter(({ audit }) => audit === 1)
    .map(({ outcome, tenant, profileId, profiles, fields }) => ({ outcome, tenant, profileId, profiles, fields }));
  return { records, steps };
}

test('each step of a tenant that is settled leaves one record, which says of how many profiles', async () => {
  await api.request('POST', '/tenant/default/roles/remove', { query, form: { role: 'A' } });
  const { records, steps } = await worked();
  expect(records).toHaveLength(steps);
  expect(records.slice(0, 2)).toEqual([
    { outcome: 'done', tenant: 'default', profiles: 100, fields: ['appliedVersion'] },
    { outcome: 'done', tenant: 'default', profiles: 10, fields: ['appliedVersion'] },
  ]);
});

test('each step of a deleted tenant leaves one record', async () => {
  await api.request('POST', '/tenant/default/delete', { query });
  const { records, steps } = await worked();
  expect(records).toHaveLength(steps);
  expect(records[0]).toEqual({ outcome: 'done', tenant: 'default', profiles: 100, fields: ['profile'] });
});

test('a deletion that is carried to its end leaves one record', async () => {
  const id = '5b0000000000000000000001';
  await api.put('profiles', [
    { pk: `PROFILE#${id}`, sk: 'PROFILE', deletedAtMs: 1 },
    { pk: 'SWEEP', sk: `PROFILE#${id}`, id, profileId: id, kind: 'clear', openedAtMs: 1, revision: 'r' },
  ]);
  const { records, steps } = await worked();
  expect([records, steps]).toEqual([[{ outcome: 'done', profileId: id, fields: ['profile'] }], 1]);
});

test('a step that fails leaves one record of what it has changed by then', async () => {
  await api.request('POST', '/tenant/default/roles/remove', { query, form: { role: 'A' } });
  const { records } = await worked({ saveSweep: () => Promise.reject(new Error('out')) });
  expect(records).toEqual([{ outcome: 'failed', tenant: 'default', profiles: 100, fields: ['appliedVersion'] }]);
});
