import { type LocalApi, startLocalApi } from '../../../support/local-api.ts';
import { accessTokenId, getter, gist, limitedTo, type People, seedPeople, shown } from './people.ts';

let api: LocalApi;
let people: People;
beforeAll(async () => {
  api = await startLocalApi();
  people = await seedPeople(api);
});
afterAll(() => api.stop());

const byIds = getter(() => api, '/profile/by_ids');
const unknown = '507c7f79bcf86cd799439011';

test('answers the profiles, whole, in the order of creation and not of the request', async () => {
  const { ada, bob, cyd } = people;
  const body = [shown(cyd), shown(ada), shown(bob)];
  expect(await byIds({ id: [bob.id, ada.id, cyd.id] })).toEqual({ status: 200, body });
});

test('takes ids with commas, in any letter case, and each once', async () => {
  const { ada, bob } = people;
  expect(gist(await byIds({ id: `${bob.id}, ${ada.id.toUpperCase()},${bob.id}` }))).toEqual(['ada', 'bob']);
});

test.each([
  ['an unknown id', unknown],
  ['what is no id', 'zzz'],
  ['an empty id', ''],
])('skips %s', async (_, id) => {
  expect(gist(await byIds({ id: [people.ada.id, id] }))).toEqual(['ada']);
  expect(await byIds({ id })).toEqual({ status: 200, body: [] });
});

test('skips the profile of a tenant that is gone or was made anew', async () => {
  const orphan = await api.seedProfile({ tenant: 'acme', tenantId: unknown, username: 'orphan' });
  expect(gist(await byIds({ id: [people.ada.id, orphan.id] }))).toEqual(['ada']);
});

test.each([
  [{ sortBy: 'username' }, ['bob', 'ada', 'Dan']],
  [{ sortBy: 'username', sortOrder: 'ASC' }, ['Dan', 'ada', 'bob']],
  [{ sortBy: 'attributes.secret', sortOrder: 'ASC' }, ['ada', 'Dan', 'bob']],
  [{ sortOrder: 'DESC' }, ['ada', 'Dan', 'bob']],
])('with %j answers %j', async (options, found) => {
  const { ada, bob, dan } = people;
  expect(gist(await byIds({ id: [bob.id, dan.id, ada.id], ...options }))).toEqual(found);
});

test('shows the attributes that are asked for', async () => {
  const { body } = await byIds({ id: people.ada.id, attributeToReturn: 'firstName' });
  expect(body).toEqual([shown(people.ada, { firstName: 'Ada' })]);
});

test('answers profiles of several tenants', async () => {
  const { ada, eve } = people;
  expect((await byIds({ id: [ada.id, eve.id] })).body).toEqual([shown(eve), shown(ada)]);
});

test('403 for the whole call where one profile is of a tenant that the caller may not manage', async () => {
  const limited = await limitedTo(api, 'MANAGE_PROFILES', 'READ_TENANT');
  const { ada, eve } = people;
  expect(await byIds({ id: [ada.id, eve.id], accessTokenId: limited })).toEqual({
    status: 403,
    body: { errorCode: 'ACTION_DENIED', message: 'Action MANAGE_PROFILES denied on tenant "other"' },
  });
  expect(gist(await byIds({ id: [ada.id, unknown], accessTokenId: limited }))).toEqual(['ada']);
});

test.each([
  ['MANAGE_PROFILES', 'READ_TENANT'],
  ['READ_TENANT', 'MANAGE_PROFILES'],
])('with %s alone a found profile is 403, an unknown id is not', async (only, missing) => {
  const limited = await limitedTo(api, only);
  expect(await byIds({ id: people.ada.id, accessTokenId: limited })).toEqual({
    status: 403,
    body: { errorCode: 'ACTION_DENIED', message: `Action ${missing} denied on tenant "acme"` },
  });
  expect(await byIds({ id: unknown, accessTokenId: limited })).toEqual({ status: 200, body: [] });
});

test('needs at least an empty id', async () => {
  const { status, body } = await api.request('GET', '/profile/by_ids', { query: { accessTokenId } });
  expect([status, body]).toEqual([400, { errorCode: 'OTHER', message: 'Parameter "id" is missing' }]);
});
