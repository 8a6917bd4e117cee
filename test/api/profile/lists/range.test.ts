import { type LocalApi, startLocalApi } from '../../../support/local-api.ts';
import { forms, getter, gist, limitedTo, type People, seedPeople, shown } from './people.ts';

let api: LocalApi;
let people: People;
beforeAll(async () => {
  api = await startLocalApi();
});
afterAll(() => api.stop());

describe.each(forms)('%s', (form) => {
  beforeAll(async () => {
    people = await seedPeople(api, form);
  });

  const range = getter(() => api, '/profile/range');
  const count = getter(() => api, '/profile/count');

  test('range answers every profile of the tenant, whole, in the order of creation', async () => {
    const { cyd, ada, dan, bob } = people;
    expect(await range({})).toEqual({ status: 200, body: [cyd, ada, dan, bob].map((profile) => shown(profile)) });
  });

  test.each([
    [{ start: '1', count: '1' }, ['ada']],
    [{ start: '2' }, ['Dan', 'bob']],
    [{ count: '1' }, ['cyd']],
    [{ start: '99', count: '1' }, []],
    [{ start: '0', count: '0' }, ['cyd', 'ada', 'Dan', 'bob']],
    [{ start: '-1', count: '1' }, ['cyd']],
    [{ start: '0', count: '-2' }, ['cyd', 'ada']],
    [{ start: '', count: '' }, ['cyd', 'ada', 'Dan', 'bob']],
    [{ start: '2147483647', count: '2147483647' }, []],
    [{ sortOrder: 'DESC' }, ['cyd', 'ada', 'Dan', 'bob']],
    [{ sortBy: 'username', sortOrder: 'ASC' }, ['Dan', 'ada', 'bob', 'cyd']],
    [{ sortBy: 'username' }, ['cyd', 'bob', 'ada', 'Dan']],
    [{ sortBy: 'username', sortOrder: '', start: '1', count: '2' }, ['bob', 'ada']],
    [{ sortBy: 'username', sortOrder: 'ASC', count: '3' }, ['Dan', 'ada', 'bob']],
    [{ sortBy: 'username', sortOrder: 'ASC', start: '3', count: '3' }, ['cyd']],
    [{ sortBy: 'email', sortOrder: 'ASC' }, ['Dan', 'ada', 'bob', 'cyd']],
    [{ sortBy: 'enabled', sortOrder: 'ASC' }, ['bob', 'cyd', 'ada', 'Dan']],
    [{ sortBy: 'roles', sortOrder: 'ASC' }, ['cyd', 'ada', 'bob', 'Dan']],
    [{ sortBy: 'attributes.prefs.lang' }, ['bob', 'ada', 'cyd', 'Dan']],
    [{ sortBy: 'attributes.firstName', sortOrder: 'ASC', start: '1', count: '2' }, ['ada', 'bob']],
    [{ sortBy: 'firstName', sortOrder: 'ASC' }, ['cyd', 'ada', 'Dan', 'bob']],
    [{ sortBy: 'attributes.secret', sortOrder: 'DESC' }, ['cyd', 'ada', 'Dan', 'bob']],
    [{ sortBy: 'attributes.undefinedOne', sortOrder: 'DESC' }, ['cyd', 'ada', 'Dan', 'bob']],
    [{ sortBy: 'password', sortOrder: 'DESC' }, ['cyd', 'ada', 'Dan', 'bob']],
  ])('range with %j answers %j', async (options, found) => {
    expect(gist(await range(options))).toEqual(found);
  });

  test.each([
    [{ start: 'x' }, 'Parameter "start" must be an integer'],
    [{ start: '1.5' }, 'Parameter "start" must be an integer'],
    [{ start: '99999999999' }, 'Parameter "start" must be an integer'],
    [{ sortOrder: 'asc' }, 'Parameter "sortOrder" must be ASC or DESC'],
  ])('range refuses %j', async (options, message) => {
    expect(await range(options)).toEqual({ status: 400, body: { errorCode: 'OTHER', message } });
  });

  test('range shows the attributes that are asked for', async () => {
    const { body } = await range({
      start: '1',
      count: '1',
      attributeToReturn: ['firstName', 'secret', 'undefinedOne'],
    });
    expect(body).toEqual([shown(people.ada, { firstName: 'Ada' })]);
  });

  test('count answers a number, other tenants not counted', async () => {
    expect(await count({})).toEqual({ status: 200, body: 4 });
    expect(await count({ tenantName: 'other' })).toEqual({ status: 200, body: 1 });
  });

  test('of an unknown tenant the range is empty and the count 0', async () => {
    expect(await range({ tenantName: 'nope' })).toEqual({ status: 200, body: [] });
    expect(await count({ tenantName: 'nope' })).toEqual({ status: 200, body: 0 });
  });

  test('a tenant made anew under the same name has none of the old profiles', async () => {
    await api.seedTenant({ name: 'renewed' });
    await api.seedProfile({ tenant: 'renewed', username: 'old' });
    await api.seedTenant({ name: 'renewed', id: '5c0000000000000000000000' });
    await api.seedProfile({ tenant: 'renewed', username: 'new' });
    expect(gist(await range({ tenantName: 'renewed' }))).toEqual(['new']);
    expect((await count({ tenantName: 'renewed' })).body).toBe(1);
  });

  test('READ_TENANT is asked for only where there is a profile to show', async () => {
    const manage = await limitedTo(api, 'MANAGE_PROFILES');
    expect(await range({ accessTokenId: manage })).toEqual({
      status: 403,
      body: { errorCode: 'ACTION_DENIED', message: 'Action READ_TENANT denied on tenant "acme"' },
    });
    expect(gist(await range({ accessTokenId: manage, sortBy: 'email' }))).toEqual([403, 'ACTION_DENIED']);
    expect(await range({ accessTokenId: manage, start: '99' })).toEqual({ status: 200, body: [] });
    expect(await count({ accessTokenId: manage })).toEqual({ status: 200, body: 4 });
  });

  test.each([
    ['range', range],
    ['count', count],
  ])('%s is 403 without MANAGE_PROFILES, also for a tenant that is not there', async (_, get) => {
    const read = await limitedTo(api, 'READ_TENANT');
    for (const tenantName of ['acme', 'other', 'nope'])
      expect(await get({ accessTokenId: read, tenantName })).toEqual({
        status: 403,
        body: { errorCode: 'ACTION_DENIED', message: `Action MANAGE_PROFILES denied on tenant "${tenantName}"` },
      });
  });

  test.each([
    ['range', '/profile/range'],
    ['count', '/profile/count'],
  ])('%s needs the name of the tenant', async (_, path) => {
    const { status, body } = await api.request('GET', path, { query: { accessTokenId: 'app-token' } });
    expect([status, body]).toEqual([400, { errorCode: 'OTHER', message: 'Parameter "tenantName" is missing' }]);
  });

  test('both work with .json on the path', async () => {
    const query = { accessTokenId: 'app-token', tenantName: 'acme' };
    expect((await api.request('GET', '/profile/range.json', { query })).body).toHaveLength(4);
    expect((await api.request('GET', '/profile/count.json', { query })).body).toBe(4);
  });
});
