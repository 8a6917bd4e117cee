import { definition } from '../../support/definitions.ts';
import { importingText } from '../../support/importing.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { sweepAll } from '../../support/sweeping.ts';

let api: LocalApi;
const accessTokenId = 'app-token';
const tenantName = 'default';
const large = '12345678901234567890';
const long = '0.12345678901234567890123';

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
  await api.seedTenant({ attributeDefinitions: [definition('n'), definition('list')] });
});
afterAll(() => api.stop());

const json = { 'content-type': 'application/json' };
const post = (path: string, body: string) =>
  api.request('POST', path, { query: { accessTokenId }, body, headers: json });
const create = (username: string, attributes: string, tenant = tenantName) =>
  api.request('POST', '/profile/create', {
    form: { accessTokenId, tenantName: tenant, username, email: 'a@example.com', enabled: 'true', attributes },
  });
const get = async (path: string, query: Record<string, string> = {}) =>
  api.request('GET', path, { query: { accessTokenId, tenantName, ...query } });

test.each([
  [large, large],
  [`-${large}`, `-${large}`],
  [long, long],
  ['1.0', '1'],
  ['1e2', '100'],
  ['0.1', '0.1'],
  ['0.10', '0.10'],
  ['9007199254740993', '9007199254740993'],
])('%s is stored and answered as %s', async (sent, answered) => {
  const { status, body, bytes } = await create(`n${sent}`, `{"n":{"deep":[${sent}]}}`);
  expect([status, bytes.toString()]).toEqual([200, expect.stringContaining(`{"n":{"deep":[${answered}]}}`)]);
  const updated = await post(`/profile/${body.id}/attributes/update`, `{"list":[${sent},null]}`);
  expect(updated.bytes.toString()).toContain(`"list":[${answered},null]`);
  const read = await get(`/profile/${body.id}`, { attributeToReturn: 'n.deep' });
  expect(read.bytes.toString()).toContain(`"attributes":{"n":{"deep":[${answered}]}}`);
});

test.each(['1e400', '9'.repeat(400), '-1e400'])('a number that no double reaches is refused: %s', async (number) => {
  const { status, body } = await create('huge', `{"n":${number}}`);
  expect([status, body.message]).toEqual([400, 'An attribute holds too large a number']);
});

test('queries and sorts go by the exact value', async () => {
  const values = ['12345678901234567891', large, '12345678901234567889.5', '0.10', '0.1000000000000000000001', '0.1'];
  await api.seedTenant({ name: 'exact', attributeDefinitions: [definition('n')] });
  for (const [at, n] of values.entries()) await create(`u${at}`, `{"n":${n}}`, 'exact');
  const found = async (query: string) => {
    const options = { tenantName: 'exact', query, sortBy: 'attributes.n', sortOrder: 'ASC' };
    const { body } = await get('/profile/by_query', options);
    return body.map(({ username }: { username: string }) => username).join(' ');
  };
  expect(await found('{}')).toBe('u3 u5 u4 u2 u1 u0');
  expect(await found(`{attributes.n: ${large}}`)).toBe('u1');
  expect(await found(`{attributes.n: {$gt: ${large}}}`)).toBe('u0');
  expect(await found(`{attributes.n: {$in: [0.1, ${large}.0]}}`)).toBe('u3 u5 u1');
  expect(await found('{attributes.n: {$nin: [0.1]}}')).toBe('u4 u2 u1 u0');
  expect(await found('{attributes.n: 0.1}')).toBe('u3 u5');
  expect(await found('{attributes.n: {$lt: 0.1000000000000000000001}}')).toBe('u3 u5');
});

test('a default value and metadata keep their digits, and the default goes to new and old profiles', async () => {
  await api.seedTenant({ name: 'defaults' });
  await api.seedProfile({ tenant: 'defaults', username: 'old' });
  const definitions = `[{"name":"d","metadata":{"max":${large}},"defaultValue":{"v":${large}},"permissions":[{"application":"*","allowedActions":["*"]}]}]`;
  const added = await post('/tenant/defaults/attribute_definitions/add', definitions);
  expect(added.bytes.toString()).toContain(`"metadata":{"max":${large}},"defaultValue":{"v":${large}}`);
  const read = async (username: string) =>
    (await get('/profile/by_username', { tenantName: 'defaults', username })).bytes.toString();
  expect(await read('old')).toContain(`"d":{"v":${large}}`);
  await sweepAll();
  expect(await read('old')).toContain(`"d":{"v":${large}}`);
  await create('new', '{}', 'defaults');
  expect(await read('new')).toContain(`"d":{"v":${large}}`);
});

test('an import keeps the digits of every kind of number', async () => {
  const attributes = `{"n":[{"$numberLong":"${large}"},{"$numberDecimal":"0.10"},{"$numberInt":"5"},{"$numberDouble":"1.5"},${long}]}`;
  const profile = `{"username":"imported","tenant":"${tenantName}","attributes":${attributes}}`;
  await importingText(`{"profile":[${profile}]}`);
  expect((await get('/profile/by_username', { username: 'imported' })).bytes.toString()).toContain(
    `"n":[${large},0.10,5,1.5,${long}]`,
  );
});

test('a whole number in the place of a text keeps its digits', async () => {
  const { status, bytes } = await post('/tenant/create', `{"name":${large},"availableRoles":[${large}]}`);
  expect([status, bytes.toString()]).toEqual([200, expect.stringContaining(`"name":"${large}"`)]);
  expect(bytes.toString()).toContain(`"availableRoles":["${large}"]`);
});

test.each([
  ['"True"', true],
  ['"FALSE"', false],
  ['" true "', true],
  ['""', false],
  ['null', false],
  ['1', true],
  ['0', false],
  [large, true],
])('the flag %s is %j', async (flag, value) => {
  const { status, body } = await post(
    '/tenant/create',
    `\ufeff{"name":"flag ${flag.replaceAll('"', "'")}","ssoEnabled":${flag}}`,
  );
  expect([status, body.ssoEnabled]).toEqual([200, value]);
});

test.each(['"yes"', '"truee"', '[]', '{}'])('the flag %s is none', async (flag) => {
  const { status, body } = await post('/tenant/create', `{"name":"none","ssoEnabled":${flag}}`);
  expect([status, body.message]).toEqual([400, 'The body at "ssoEnabled" is not valid']);
});
