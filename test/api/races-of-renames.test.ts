import { asApp } from '../support/as-app.ts';
import { definition } from '../support/definitions.ts';
import type { Faults } from '../support/faults.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { installConflicts, overlapping, tally, timed, times, valuesOf } from '../support/races.ts';

let api: LocalApi;
let store: Faults;
const query = { accessTokenId: 'app-token' };
const PARALLEL = 25;
const CONFLICTS = 30;
const attributeNames = Array.from({ length: PARALLEL }, (_, index) => `a${index}`);
const usernames = Array.from({ length: PARALLEL }, (_, index) => `name ${index}`);

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken();
  await api.seedTenant({ attributeDefinitions: attributeNames.map((name) => definition(name)) });
  store = installConflicts(CONFLICTS);
});
afterAll(async () => {
  store.uninstall();
  await api.stop();
});

const { post, get } = asApp(() => api);

const create = (username: string) =>
  post('/profile/create', { tenantName: 'default', username, email: 'a@example.org', enabled: 'true' });

test('renames beside attributes of one profile: every attribute is there, and one name taken', async () => {
  const { id } = await api.seedProfile({ username: 'before' });
  const renaming = times(PARALLEL, (index) =>
    timed(() => post(`/profile/${id}/update`, { username: usernames[index] ?? '' })),
  );
  const setting = times(PARALLEL, (index) =>
    timed(() => api.request('POST', `/profile/${id}/attributes/update`, { query, json: { [`a${index}`]: index } })),
  );
  const [renames, updates] = [await renaming, await setting];
  expect(tally(valuesOf([...renames, ...updates]))).toEqual({ 200: 2 * PARALLEL });
  expect(store.injected()).toBe(2 * CONFLICTS);
  expect(overlapping(renames, updates)).toBe(PARALLEL);

  const { username, attributes } = (await get(`/profile/${id}`)).body;
  expect(attributes).toEqual(Object.fromEntries(attributeNames.map((name, index) => [name, index])));
  expect(usernames).toContain(username);
  const logins = (await api.items('profiles')).filter(({ sk }) => sk === 'LOGIN');
  expect(logins.map(({ pk, profileId }) => [pk, profileId])).toEqual([[`LOGIN#default#${username}`, id]]);

  const others = ['before', ...usernames].filter((name) => name !== username);
  expect(tally(await Promise.all(others.map(create)))).toEqual({ 200: PARALLEL });
  expect(tally([await create(username)])).toEqual({ '409 PROFILE_EXISTS': 1 });
});
