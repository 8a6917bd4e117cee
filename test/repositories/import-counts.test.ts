import { deleteTenant, findTenant, updateTenant } from '../../functions/shared/repositories/tenants.ts';
import { KeptLines } from '../../lib/import/rejects-file.ts';
import { type Faults, installFaults } from '../support/faults.ts';
import { importingCollections, importingText } from '../support/importing.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
let faults: Faults;
beforeAll(async () => {
  api = await startLocalApi();
});
afterAll(() => api.stop());
beforeEach(() => {
  faults = installFaults();
});
afterEach(() => faults.uninstall());

const bcrypt = '$2b$04$abcdefghijklmnopqrstuu5Lp6V4C7VYP9XvFOZ9Zs1kD5cXl1Xoe';
const firebase =
  '$firescrypt$ln=14,r=8,p=1$42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==';
const profileOf = (tenant: string, username: string, rest: object = {}) => ({
  _id: { $oid: `5f${Buffer.from(`${tenant}${username}`.padEnd(11, '.')).toString('hex').slice(0, 22)}` },
  username,
  email: 'a@b',
  tenant,
  ...rest,
});

async function tenantNow(name: string) {
  const tenant = await findTenant(name);
  if (tenant === undefined) throw new Error('No tenant');
  return tenant;
}

/** Does something right before the next transaction. */
const before = (work: () => Promise<unknown>) =>
  faults.wrapNext('TransactWriteItems', async (call) => {
    await work();
    return call();
  });

test('what was there is no reject, too, when the tenant goes before the new profiles are stored', async () => {
  await api.seedTenant({ name: 'goes' });
  const there = profileOf('goes', 'there');
  await importingCollections({ profile: [there] });
  const tenant = await tenantNow('goes');
  before(() => deleteTenant(tenant, Date.now()));
  const { report, rejects } = await importingCollections({
    profile: [there, { ...there, username: 'other' }, profileOf('goes', 'new', { password: bcrypt })],
  });
  expect(report.of('profile', 'there')).toBe(1);
  expect(rejects.map(({ number, reason }) => [number, reason])).toEqual([
    [2, 'its id, or its username in its tenant, is there twice: the first one is taken'],
    [3, 'its tenant was deleted while the import went on'],
  ]);
});

test('a profile whose tenant goes before it is replaced is a reject', async () => {
  await api.seedTenant({ name: 'went' });
  const profile = profileOf('went', 'a');
  await importingCollections({ profile: [profile] });
  const tenant = await tenantNow('went');
  before(() => deleteTenant(tenant, Date.now()));
  const { rejects, report } = await importingCollections(
    { profile: [{ ...profile, password: bcrypt }] },
    { update: true },
  );
  expect(report.of('profile', 'replaced')).toBe(0);
  expect(rejects).toMatchObject([{ reason: 'its tenant was deleted while the import went on' }]);
});

class ClearedLines extends KeptLines {
  cleared = 0;

  override clear(): void {
    this.cleared++;
    super.clear();
  }
}

test.each([
  [{}, [1, 0, 0]],
  [{ newIds: true }, [1, 1, 0]],
  [{ newIds: true, dryRun: true }, [1, 0, 0]],
  [{ newIds: true, verify: true }, [1, 0, 1]],
  [{ update: true }, [1, 0, 1]],
])(
  'what an earlier run has written down is replaced by a run that writes the same down: %j',
  async (options, cleared) => {
    const [rejects, newIds, missing] = [new ClearedLines(), new ClearedLines(), new ClearedLines()];
    await importingCollections({ profile: [] }, { ...options, lines: { rejects, newIds, missing } });
    expect([rejects, newIds, missing].map((lines) => lines.cleared)).toEqual(cleared);
  },
);

test('a password that was left behind is told of once, however often its tenant changes', async () => {
  await api.seedTenant({ name: 'changes' });
  // The first one notes the kinds of hashes, and the second one has the profile.
  before(async () => {
    before(async () => {
      const now = await tenantNow('changes');
      await updateTenant({ ...now, version: now.version + 1, ssoEnabled: true });
    });
  });
  const { lines, report } = await importingCollections({
    profile: [profileOf('changes', 'a', { password: firebase })],
  });
  expect(report.of('profile', 'imported')).toBe(1);
  expect(lines[1]).toMatch(/^Warning: 1 × a password was left behind: its tenant has/);
});

test('progress is told by what is behind of the files, and their size once, however many collections are in one', async () => {
  const profile = Array.from({ length: 800 }, (_, at) => ({
    username: `told ${at}`,
    email: 'a@b',
    tenant: 'told',
    attributes: { text: 'x'.repeat(200) },
  }));
  const text = JSON.stringify({ tenant: [{ name: 'told' }], profile });
  const shares: number[] = [];
  const { bytes } = await importingText(text, {
    onProgress: ({ readBytes, allBytes }) => shares.push(readBytes / allBytes),
  });
  expect(bytes).toBe(Buffer.byteLength(text));
  expect(shares.length).toBeGreaterThan(4);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  // All is told twice: once it is read, and once it is stored.
  expect(shares.slice(-2)).toEqual([1, 1]);
  expect(Math.max(...shares.slice(0, -2))).toBeLessThan(1);
});
