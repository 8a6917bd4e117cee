import { importingCollections } from '../support/importing.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi();
});
afterAll(() => api.stop());

const disabling = { update: true, disableMissing: true };
const tenant = [{ name: 'emptied' }, { name: 'other' }];
const profile = [
  { _id: { $oid: '5d00000000000000000000a1' }, username: 'a', email: 'a@b', enabled: true, tenant: 'emptied' },
  { _id: { $oid: '5d00000000000000000000a2' }, username: 'b', email: 'a@b', enabled: true, tenant: 'other' },
  { _id: 'odd-1', username: 'c', email: 'a@b', enabled: true, tenant: 'other' },
];
const enabled = async () => {
  const items = await api.items('profiles');
  return items
    .filter(({ sk, enabled }) => sk === 'PROFILE' && enabled === true)
    .map(({ username }) => username)
    .sort();
};

beforeAll(async () => {
  await importingCollections({ tenant, profile }, { newIds: true });
});

test('files without profiles disable nobody, and say so', async () => {
  const { lines, missing, report } = await importingCollections({ tenant }, disabling);
  expect(lines).toContain('Profiles that are here and not in the files are not looked for: the files have none.');
  expect([missing, report.of('profile', 'disabled')]).toEqual([[], 0]);
  expect(await enabled()).toEqual(['a', 'b', 'c']);
});

test('a tenant of which the files have no profile is left alone, and named', async () => {
  const { lines, missing } = await importingCollections(
    { tenant, profile: profile.slice(1) },
    { ...disabling, newIds: true },
  );
  expect(lines).toContain(
    'Profiles that are here are not looked for in tenants of which the files have none: "emptied".',
  );
  expect(missing).toEqual([]);
  expect(await enabled()).toEqual(['a', 'b', 'c']);
});

test.each([
  ['is not taken under its old id', { newIds: false }, {}],
  ['is rejected', { newIds: true }, { createdOn: 'never' }],
])('a profile that got a new id stays enabled when it %s', async (_what, how, broken) => {
  const files = { tenant, profile: [profile[0], profile[1], { ...profile[2], ...broken }] };
  const { missing, rejects } = await importingCollections(files, { ...disabling, ...how });
  expect([missing, rejects.length]).toEqual([[], 1]);
  expect(await enabled()).toEqual(['a', 'b', 'c']);
});

test('nobody is disabled where a record is rejected of which nobody knows who it is here', async () => {
  const files = { tenant, profile: [profile[0], profile[1], { ...profile[2], username: ['c'] }] };
  const { lines } = await importingCollections(files, disabling);
  expect(lines).toContain(
    'Profiles that are here and not in the files are not looked for: some of the files were rejected, and nobody knows which they are here.',
  );
  expect(await enabled()).toEqual(['a', 'b', 'c']);
});

test('a profile that is gone from the files of its tenant is disabled still', async () => {
  const files = { tenant, profile: [profile[0], profile[2]] };
  const planned = await importingCollections(files, { ...disabling, newIds: true, dryRun: true });
  expect(planned.lines).toContain('Would be disabled: 1 profile.');
  expect(await enabled()).toEqual(['a', 'b', 'c']);
  const { missing } = await importingCollections(files, { ...disabling, newIds: true });
  expect(missing).toMatchObject([{ tenant: 'other', username: 'b' }]);
  expect(await enabled()).toEqual(['a', 'c']);
});
