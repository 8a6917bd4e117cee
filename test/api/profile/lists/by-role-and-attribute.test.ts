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

  const byRole = getter(() => api, '/profile/by_role');
  const byExisting = getter(() => api, '/profile/by_existing_attribute');
  const byValue = getter(() => api, '/profile/by_attribute_value');

  test('by_role answers the profiles that hold the role, whole, in the order of creation', async () => {
    const { ada, bob } = people;
    expect(await byRole({ role: 'EDITOR' })).toEqual({ status: 200, body: [shown(ada), shown(bob)] });
  });

  test('by_existing_attribute answers the profiles that have the attribute, whole, in the order of creation', async () => {
    const { ada, dan, bob } = people;
    const body = [shown(ada), shown(dan), shown(bob)];
    expect(await byExisting({ attributeName: 'firstName' })).toEqual({ status: 200, body });
  });

  test('by_attribute_value answers the profiles that have the value, whole', async () => {
    const body = [shown(people.ada)];
    expect(await byValue({ attributeName: 'firstName', attributeValue: 'Ada' })).toEqual({ status: 200, body });
  });

  test.each([
    ['ADMIN', ['ada']],
    ['EDITOR,ADMIN', ['Dan']],
    ['editor', []],
    ['', []],
  ])('by_role of "%s" finds %j', async (role, found) => {
    expect(gist(await byRole({ role }))).toEqual(found);
  });

  test.each([
    ['prefs', ['ada', 'bob']],
    ['prefs.lang', ['ada', 'bob']],
    ['prefs.pages.id', ['ada']],
    ['prefs.none', []],
    ['undefinedOne', []],
    ['', []],
    ['.', []],
    ['username', []],
    ['firstName: 1}], $and: [{', []],
  ])('by_existing_attribute of "%s" finds %j', async (attributeName, found) => {
    expect(gist(await byExisting({ attributeName }))).toEqual(found);
  });

  test.each([
    ['prefs.lang', 'de', ['ada']],
    ['prefs.tags', 'news', ['ada', 'bob']],
    ['prefs.pages.id', 'p1', ['ada']],
    ['prefs.flag', 'true', []],
    ['prefs.count', '5', []],
    ['firstName', 'ADA', []],
    ['firstName', '', []],
    ['undefinedOne', 'a', []],
  ])('by_attribute_value of %s = "%s" finds %j', async (attributeName, attributeValue, found) => {
    expect(gist(await byValue({ attributeName, attributeValue }))).toEqual(found);
  });

  const lists = [
    ['by_role', byRole, { role: 'EDITOR' }, { role: 'NONE' }],
    ['by_existing_attribute', byExisting, { attributeName: 'prefs' }, { attributeName: 'prefs.none' }],
    [
      'by_attribute_value',
      byValue,
      { attributeName: 'prefs.tags', attributeValue: 'news' },
      { attributeName: 'prefs.tags', attributeValue: 'none' },
    ],
  ] as const;

  describe.each(lists)('%s', (path, list, finding, missing) => {
    test.each([
      [{ sortBy: 'username' }, ['bob', 'ada']],
      [{ sortBy: 'username', sortOrder: 'ASC' }, ['ada', 'bob']],
      [{ sortBy: 'attributes.firstName', sortOrder: 'DESC' }, ['bob', 'ada']],
      [{ sortBy: 'attributes.secret', sortOrder: 'ASC' }, ['ada', 'bob']],
      [{ start: '1' }, ['ada', 'bob']],
    ])('with %j answers %j', async (options, found) => {
      expect(gist(await list({ ...finding, ...options }))).toEqual(found);
    });

    test('shows the attributes that are asked for', async () => {
      const { body } = await list({ ...finding, attributesToReturn: 'prefs.lang' });
      const part = (lang: string) => ({ prefs: { lang } });
      expect(body).toEqual([shown(people.ada, part('de')), shown(people.bob, part('fr'))]);
    });

    test('asks for READ_TENANT only where a profile matches', async () => {
      const manage = await limitedTo(api, 'MANAGE_PROFILES');
      expect(await list({ ...finding, accessTokenId: manage })).toEqual({
        status: 403,
        body: { errorCode: 'ACTION_DENIED', message: 'Action READ_TENANT denied on tenant "acme"' },
      });
      expect(await list({ ...missing, accessTokenId: manage })).toEqual({ status: 200, body: [] });
    });

    test('is empty for an unknown tenant, and 403 without MANAGE_PROFILES on it', async () => {
      expect(await list({ ...finding, tenantName: 'nope' })).toEqual({ status: 200, body: [] });
      const manage = await limitedTo(api, 'MANAGE_PROFILES', 'READ_TENANT');
      for (const tenantName of ['nope', 'other'])
        expect(await list({ ...finding, tenantName, accessTokenId: manage })).toEqual({
          status: 403,
          body: { errorCode: 'ACTION_DENIED', message: `Action MANAGE_PROFILES denied on tenant "${tenantName}"` },
        });
    });

    test('needs its parameters, in their order', async () => {
      for (const missingName of ['tenantName', ...Object.keys(finding)]) {
        const query = { accessTokenId: 'app-token', tenantName: 'acme', ...finding, [missingName]: [] };
        const { status, body } = await api.request('GET', `/profile/${path}`, { query });
        expect([status, body]).toEqual([400, { errorCode: 'OTHER', message: `Parameter "${missingName}" is missing` }]);
      }
    });
  });

  describe.each(lists.slice(1))('%s', (_, list) => {
    test.each(['secret', 'secret.x'])('refuses %s, which the caller may not read', async (attributeName) => {
      expect(await list({ attributeName, attributeValue: 'a' })).toEqual({
        status: 400,
        body: { errorCode: 'INVALID_QUERY', message: 'The list must not use attribute "secret"' },
      });
    });

    test('says that only to who may read the tenant, and the same for every value', async () => {
      const accessTokenId = await limitedTo(api, 'MANAGE_PROFILES');
      for (const attributeValue of ['a', 'no such value'])
        expect(await list({ attributeName: 'secret', attributeValue, accessTokenId })).toEqual({
          status: 403,
          body: { errorCode: 'ACTION_DENIED', message: 'Action READ_TENANT denied on tenant "acme"' },
        });
    });
  });
});
