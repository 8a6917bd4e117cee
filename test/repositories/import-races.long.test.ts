import { deleteTenant, findTenant, updateTenantAndSweep } from '../../functions/shared/repositories/tenants.ts';
import { openSource } from '../../lib/import/read/open-source.ts';
import { runImport } from '../../lib/import/run-import.ts';
import { emptyStore } from '../support/empty-store.ts';
import { exampleDump } from '../support/example-dump.ts';
import { installFaults } from '../support/faults.ts';
import { importing } from '../support/importing.ts';
import { installKill } from '../support/kill.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { dumpOf, writeFiles } from '../support/mongodump.ts';
import { findOrphans } from '../support/orphans.ts';
import { inScratchDirectory } from '../support/scratch-directory.ts';
import { sweepAll } from '../support/sweeping.ts';

jest.setTimeout(300_000);

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
});
afterAll(() => api.stop());
inScratchDirectory();
beforeEach(() => emptyStore(api));

const PROFILES = 80;
const { collections, expected } = exampleDump(PROFILES);
const query = { accessTokenId: 'moving-in-token' };

function dump(): string {
  writeFiles('dump', dumpOf('crafterprofile', collections));
  return 'dump/crafterprofile';
}

/** Everything that is stored, without what differs between two imports of the same: versions, hours and write ids. */
const stored = async () =>
  (await api.items('profiles'))
    .filter(({ pk }) => `${pk}`.startsWith('PROFILE#'))
    .map(({ pk, sk, username, roles }) => ({ pk, sk, username, roles }));

test('killed at any of 50 moments and called again, an import ends as one that was never killed', async () => {
  const path = dump();
  const kill = installKill();
  kill.after(Number.POSITIVE_INFINITY);
  await importing([path]);
  const calls = kill.revive();
  const whole = await stored();
  expect(whole.length).toBeGreaterThan(2 * PROFILES);
  for (let moment = 0; moment < 50; moment++) {
    await emptyStore(api);
    kill.after(Math.floor(Math.random() * calls));
    await importing([path]).catch(() => undefined);
    kill.revive();
    const { report, rejects } = await importing([path]);
    expect(report.of('profile', 'imported') + report.of('profile', 'there')).toBe(expected.profiles);
    expect(rejects).toHaveLength(expected.rejected);
    expect(await stored()).toEqual(whole);
    expect(await findOrphans(api)).toEqual([]);
  }
});

test('two imports at once make no doubles, and both say what is there', async () => {
  const path = dump();
  const both = await Promise.all([importing([path]), importing([path])]);
  const sum = both.reduce((total, { report }) => total + report.of('profile', 'imported'), 0);
  expect(sum).toBe(expected.profiles);
  for (const { report } of both)
    expect(report.of('profile', 'imported') + report.of('profile', 'there')).toBe(expected.profiles);
  expect(await findOrphans(api)).toEqual([]);
  expect((await importing([path])).report.of('profile', 'there')).toBe(expected.profiles);
});

test('throttled, in conflict with others and without answers, an import goes on', async () => {
  const faults = installFaults();
  faults.loseFirstAnswers(['TransactWriteItems']);
  const { report } = await importing([dump()]);
  expect([report.of('profile', 'imported') + report.of('profile', 'there'), report.rejected]).toEqual([
    expected.profiles,
    expected.rejected,
  ]);
  faults.uninstall();
  expect(await findOrphans(api)).toEqual([]);
});

/** Imports, and does something to the store once so many profiles are through. */
async function importBeside(path: string, profiles: number, work: () => Promise<void>) {
  let isDone: Promise<void> | undefined;
  const imported = await runImport(await openSource([path], {}), {
    paceMs: 0,
    onProgress: (heard) => {
      if (heard.profiles >= profiles) isDone ??= work();
    },
  });
  await isDone;
  return imported;
}

test('a role and an attribute that a tenant loses while profiles are imported are on none of them in the end', async () => {
  const many = exampleDump(2700).collections;
  writeFiles('dump', dumpOf('crafterprofile', many));
  await importBeside('dump/crafterprofile', 1, async () => {
    const tenant = await findTenant('north');
    if (tenant === undefined) throw new Error('No tenant');
    const version = tenant.version + 1;
    const change = {
      version,
      atMs: Date.now(),
      removeRoles: ['READER'],
      removeAttributes: ['firstName'],
      defaults: new Map(),
      indexFields: [],
      dropFields: [],
    };
    const next = {
      ...tenant,
      version,
      availableRoles: ['EDITOR', 'OWNER'],
      attributeDefinitions: tenant.attributeDefinitions.filter(({ name }) => name !== 'firstName'),
      pending: [...tenant.pending, change],
    };
    expect(await updateTenantAndSweep(next)).toBe(true);
  });
  const hasLost = async () => {
    const profiles = (await api.items('profiles')).filter(({ sk, tenant }) => sk === 'PROFILE' && tenant === 'north');
    expect(profiles).toHaveLength(900);
    return profiles.every(
      ({ roles, attributes }) =>
        !JSON.stringify([...((roles ?? new Set()) as Set<string>)]).includes('READER') &&
        !JSON.stringify(attributes).includes('firstName'),
    );
  };
  await sweepAll();
  expect(await hasLost()).toBe(true);
  expect(await findOrphans(api)).toEqual([]);
});

test('of a tenant that is deleted while its profiles are imported none is left', async () => {
  const many = exampleDump(2700).collections;
  writeFiles('dump', dumpOf('crafterprofile', many));
  const { report } = await importBeside('dump/crafterprofile', 1, async () => {
    const tenant = await findTenant('south');
    if (tenant !== undefined) expect(await deleteTenant(tenant, Date.now())).toBe(true);
  });
  expect(report.rejected).toBeGreaterThan(expected.rejected);
  expect(
    report.said.filter((line) => line.startsWith('Warning: profiles of tenant "south" are left out')),
  ).toHaveLength(1);
  await sweepAll();
  const { body } = await api.request('GET', '/profile/count', { query: { ...query, tenantName: 'south' } });
  expect(body).toBe(0);
  expect((await api.items('profiles')).filter(({ tenant }) => tenant === 'south')).toEqual([]);
  expect(await findOrphans(api)).toEqual([]);
});
