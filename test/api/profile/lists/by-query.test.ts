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

  const byQuery = getter(() => api, '/profile/by_query');
  const oneByQuery = getter(() => api, '/profile/one_by_query');
  const countByQuery = getter(() => api, '/profile/count_by_query');

  test('by_query answers every match, whole, in the order of creation', async () => {
    const { ada, bob } = people;
    expect(await byQuery({ query: "{roles: 'EDITOR'}" })).toEqual({ status: 200, body: [shown(ada), shown(bob)] });
  });

  test('one_by_query answers the first match, whole', async () => {
    expect(await oneByQuery({ query: "{email: 'ada@example.com'}" })).toEqual({ status: 200, body: shown(people.ada) });
  });

  test('count_by_query answers a number', async () => {
    expect(await countByQuery({ query: "{roles: 'EDITOR'}" })).toEqual({ status: 200, body: 2 });
  });

  test.each([
    ['{}', ['cyd', 'ada', 'Dan', 'bob']],
    ["{username: 'bob'}", ['bob']],
    ["{username: 'bob', enabled: true}", []],
    ["{username: 'none'}", []],
    ["{username: {$regex: '.*A.*', $options: 'i'}}", ['ada', 'Dan']],
    ["{username: {$in: ['bob', 'ada']}}", ['ada', 'bob']],
    ["{email: 'dan@example.com'}", []],
    ["{email: 'Dan@Example.com'}", ['Dan']],
    ["{$or: [{username: 'ada'}, {enabled: false}]}", ['ada', 'bob']],
    ['{"verified":true}', ['cyd']],
    ["{attributes.prefs.tags: 'news'}", ['ada', 'bob']],
    ["{'attributes.prefs.pages.id': 'p1'}", ['ada']],
    ['{createdOn: {$gt: {$date: 1500000000003}}}', ['bob']],
    ["{attributes.firstName: {$exists: false}, roles: {$in: ['X']}}", []],
    ["{username: 'x', username: 'cyd'}", ['cyd']],
    ["{email: {$regex: '^a'}}", ['ada']],
    ["{email: {$gte: 'bob@', $lt: 'cz'}}", ['cyd', 'bob']],
    ["{email: {$in: ['ada@example.com', 'Dan@Example.com', 'none']}}", ['ada', 'Dan']],
    ["{username: {$gt: 'ada', $lte: 'bob'}}", ['bob']],
    ["{roles: 'EDITOR', attributes.prefs.lang: {$exists: true}}", ['ada', 'bob']],
    ["{$or: [{attributes.prefs.lang: 'fr'}, {roles: 'ADMIN'}, {username: 'cyd'}]}", ['cyd', 'ada', 'bob']],
    ["{attributes.prefs.lang: {$gt: 'd', $lt: 'e'}}", ['ada']],
    ["{attributes.firstName: {$regex: '^[Aa]'}, attributes.firstName: {$regex: '^A'}}", ['ada']],
    ['{attributes.prefs.count: {$gte: 5}}', ['bob']],
    ['{attributes.prefs.flag: {$in: [true]}}', ['bob']],
    ['{attributes.prefs.lang: null}', ['cyd', 'Dan']],
  ])('%s finds %j with each of the three calls', async (query, found) => {
    expect(gist(await byQuery({ query }))).toEqual(found);
    expect((await countByQuery({ query })).body).toBe(found.length);
    expect((await oneByQuery({ query })).body.username).toBe(found[0]);
  });

  test('an id finds its profile, in any letter case', async () => {
    expect(gist(await byQuery({ query: `{_id: {$oid: '${people.dan.id.toUpperCase()}'}}` }))).toEqual(['Dan']);
  });

  test('no query leaves its tenant: not by id, username, e-mail address, $or or a stray bracket', async () => {
    const { eve } = people;
    expect(gist(await byQuery({ query: `{_id: {$oid: '${eve.id}'}}` }))).toEqual([]);
    expect((await oneByQuery({ query: "{username: 'ada'}" })).body.id).toBe(people.ada.id);
    expect((await oneByQuery({ query: "{email: 'ada@example.com'}" })).body.id).toBe(people.ada.id);
    expect((await countByQuery({ query: '{$or: [{}, {}]}' })).body).toBe(4);
    expect(gist(await countByQuery({ query: '{}], $and: [{}' }))).toEqual([400, 'INVALID_QUERY']);
  });

  test.each([
    [{ sortBy: 'username', sortOrder: 'ASC' }, ['Dan', 'ada', 'bob', 'cyd']],
    [{ sortBy: 'username', sortOrder: 'DESC' }, ['cyd', 'bob', 'ada', 'Dan']],
    [{ sortBy: 'username' }, ['cyd', 'bob', 'ada', 'Dan']],
    [{ sortBy: '', sortOrder: 'DESC' }, ['cyd', 'ada', 'Dan', 'bob']],
    [{ sortBy: 'unknown', sortOrder: 'DESC' }, ['cyd', 'ada', 'Dan', 'bob']],
    [{ sortBy: 'a b:{', sortOrder: 'ASC' }, ['cyd', 'ada', 'Dan', 'bob']],
    [{ sortBy: 'attributes.firstName', sortOrder: 'ASC' }, ['cyd', 'ada', 'bob', 'Dan']],
    [{ sortBy: 'createdOn' }, ['bob', 'Dan', 'ada', 'cyd']],
    [{ sortBy: 'username', sortOrder: 'ASC', start: '1', count: '2' }, ['ada', 'bob']],
    [{ start: '1', count: '2' }, ['ada', 'Dan']],
    [{ count: '1' }, ['cyd']],
    [{ start: '3' }, ['bob']],
    [{ start: '9', count: '1' }, []],
    [{ count: '2147483647' }, ['cyd', 'ada', 'Dan', 'bob']],
    [{ sortBy: 'email', start: '1', count: '2147483647' }, ['bob', 'ada', 'Dan']],
    [{ sortBy: 'roles', sortOrder: 'ASC', count: '2147483647' }, ['cyd', 'ada', 'bob', 'Dan']],
    [{ query: "{roles: 'EDITOR'}", count: '2147483647' }, ['ada', 'bob']],
  ])('by_query with %j answers %j', async (options, found) => {
    expect(gist(await byQuery({ query: '{}', ...options }))).toEqual(found);
  });

  test('by_query and one_by_query show the attributes that are asked for', async () => {
    const query = "{username: 'ada'}";
    const body = shown(people.ada, { prefs: { lang: 'de' } });
    expect(await byQuery({ query, attributesToReturn: 'prefs.lang' })).toEqual({ status: 200, body: [body] });
    expect((await oneByQuery({ query, attributeToReturn: '$none' })).body.attributes).toEqual({});
  });

  test('one_by_query is 404 where nothing matches', async () => {
    expect(await oneByQuery({ query: "{email: 'zzz'}" })).toEqual({
      status: 404,
      body: { errorCode: 'NO_SUCH_PROFILE', message: `No profile found by query "{email: 'zzz'}" in tenant "acme"` },
    });
  });

  describe.each([
    ['by_query', byQuery],
    ['one_by_query', oneByQuery],
    ['count_by_query', countByQuery],
  ])('%s', (_, get) => {
    test.each([
      ["{tenant: 'acme'}"],
      ['{"tenant": "acme"}'],
      ['{"\\u0074enant": "other"}'],
      ['{$or: [{tenantId: 1}]}'],
      ["{$where: '1'}"],
      ['{email: {$where: 1}}'],
      ['{email: {$zzz: 1}}'],
      ['{password: {$exists: true}}'],
      ['{failedLoginAttempts: 1}'],
      ['{attributes: {}}'],
      ['{attributes.secret: 1}'],
      ['{"attributes.secret.x": {$exists: true}}'],
      ['{$nor: [{$and: [{attributes.secret: 1}]}]}'],
      ['{email:'],
      ['5'],
      [''],
    ])('refuses %s', async (query) => {
      expect(gist(await get({ query }))).toEqual([400, 'INVALID_QUERY']);
    });

    test('403 before 404 before the query is looked at', async () => {
      const query = '{';
      const manage = await limitedTo(api, 'MANAGE_PROFILES');
      const read = await limitedTo(api, 'READ_TENANT');
      const denied = (action: string, tenant: string) => ({
        status: 403,
        body: { errorCode: 'ACTION_DENIED', message: `Action ${action} denied on tenant "${tenant}"` },
      });
      expect(await get({ query, accessTokenId: read })).toEqual(denied('MANAGE_PROFILES', 'acme'));
      expect(await get({ query, accessTokenId: manage })).toEqual(denied('READ_TENANT', 'acme'));
      expect(await get({ query, accessTokenId: manage, tenantName: 'nope' })).toEqual(
        denied('MANAGE_PROFILES', 'nope'),
      );
      expect(await get({ query, tenantName: 'nope' })).toEqual({
        status: 404,
        body: { errorCode: 'NO_SUCH_TENANT', message: 'Tenant "nope" does not exist' },
      });
    });

    test('a missing parameter beats everything but the access token', async () => {
      const body = { errorCode: 'OTHER', message: 'Parameter "query" is missing' };
      expect(await get({ tenantName: 'nope' })).toEqual({ status: 400, body });
      expect(gist(await get({ accessTokenId: 'stranger' }))).toEqual([403, 'NO_SUCH_ACCESS_TOKEN_ID']);
    });
  });

  test('an attribute without definition is missing, whatever is stored', async () => {
    expect((await countByQuery({ query: '{attributes.undefinedOne: {$exists: true}}' })).body).toBe(0);
    expect((await countByQuery({ query: "{attributes.undefinedOne: {$ne: 'a'}}" })).body).toBe(4);
    const options = { sortBy: 'attributes.undefinedOne', sortOrder: 'DESC' };
    expect(gist(await byQuery({ query: '{}', ...options }))).toEqual(['cyd', 'ada', 'Dan', 'bob']);
  });

  test('a sort by an unreadable attribute is none', async () => {
    for (const sortOrder of ['ASC', 'DESC'])
      expect(gist(await byQuery({ query: '{}', sortBy: 'attributes.secret', sortOrder }))).toEqual([
        'cyd',
        'ada',
        'Dan',
        'bob',
      ]);
  });
});
