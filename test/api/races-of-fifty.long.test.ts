import { asApp } from '../support/as-app.ts';
import type { Faults } from '../support/faults.ts';
import { type ApiResponse, type LocalApi, startLocalApi } from '../support/local-api.ts';
import { installConflicts, times } from '../support/races.ts';

let api: LocalApi;
let store: Faults;

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  await api.seedAccessToken();
});
afterAll(() => api.stop());
beforeEach(async () => {
  await api.seedTenant();
  store = installConflicts(CONFLICTS);
});
afterEach(() => store.uninstall());

const PARALLEL = 50;
const CONFLICTS = 40;
const { post, get } = asApp(() => api);

const all = <Value>(make: (index: number) => Promise<Value>) => times(PARALLEL, make);
const statuses = (answers: readonly ApiResponse[]) => [...new Set(answers.map(({ status }) => status))];
const names = (prefix: string) => Array.from({ length: PARALLEL }, (_, index) => `${prefix}${index}`).sort();

/** How many conflicts there were, of the kind that the race meets. */
const conflicts = () => store.injected();

test('roles given to a tenant', async () => {
  const answers = await all((index) => post('/tenant/default/roles/add', { role: `R${index}` }));
  expect([statuses(answers), conflicts()]).toEqual([[200], CONFLICTS]);
  expect((await get('/tenant/default')).body.availableRoles.sort()).toEqual(names('R'));
});

test('definitions added to a tenant, each with a value for its profiles', async () => {
  const answers = await all((index) =>
    api.request('POST', '/tenant/default/attribute_definitions/add', {
      query: { accessTokenId: 'app-token' },
      json: [{ name: `a${index}`, defaultValue: index, permissions: [{ allowedActions: ['*'] }] }],
    }),
  );
  expect(statuses(answers)).toEqual([200]);
  expect(conflicts()).toBeGreaterThanOrEqual(CONFLICTS);
  const { attributeDefinitions } = (await get('/tenant/default')).body;
  expect(attributeDefinitions.map(({ name }: { name: string }) => name).sort()).toEqual(names('a'));
});

test('renames of a profile: every one was the name once, one is in the end, and all others are free', async () => {
  const { id } = await api.seedProfile();
  const answers = await all((index) => post(`/profile/${id}/update`, { username: `name${index}` }));
  expect([statuses(answers), conflicts()]).toEqual([[200], CONFLICTS]);
  expect(answers.map(({ body }) => body.username).sort()).toEqual(names('name'));
  const usernames = (await api.items('profiles')).filter(({ profileId, sk }) => profileId === id && sk === 'LOGIN');
  const { username } = (await get(`/profile/${id}`)).body;
  expect(usernames.map(({ pk }) => pk)).toEqual([`LOGIN#default#${username}`]);
});

test('new passwords of a profile: one holds in the end', async () => {
  const { id, credentialEpoch } = await api.seedProfile({ username: 'many', credentialEpoch: 5 });
  const answers = await all((index) => post(`/profile/${id}/update`, { password: `password ${index}` }));
  expect([statuses(answers), conflicts()]).toEqual([[200], CONFLICTS]);
  const items = (await api.items('profiles')).filter(({ pk }) => pk === `PROFILE#${id}`);
  expect(items.map((item) => item.credentialEpoch)).toEqual(Array(2).fill(credentialEpoch + PARALLEL));
});

test('a deletion beside renames: gone, with all its names', async () => {
  const { id } = await api.seedProfile();
  const renames = all((index) => post(`/profile/${id}/update`, { username: `doomed${index}` }));
  const deletions = all(() => post(`/profile/${id}/delete`));
  expect(statuses(await deletions)).toEqual([200]);
  expect(statuses(await renames).filter((status) => status !== 200 && status !== 404)).toEqual([]);
  expect(conflicts()).toBeGreaterThan(0);
  const left = (await api.items('profiles')).filter(({ pk, profileId }) => profileId === id || pk === `PROFILE#${id}`);
  expect(left).toEqual([]);
});
