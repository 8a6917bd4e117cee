import { allowing } from '../../support/definitions.ts';
import { importingText } from '../../support/importing.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { sweepAll } from '../../support/sweeping.ts';

let api: LocalApi;
const accessTokenId = 'app-token';

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
});
afterAll(() => api.stop());

/** What an object of JavaScript has, or what libraries look for in it. */
const names = [
  'constructor',
  '__proto__',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  'toJSON',
  'then',
  'length',
  'size',
  'get',
  'wrapperName',
  '__defineGetter__',
  '__lookupSetter__',
  'S',
];

describe.each(names)('an attribute called %s', (name) => {
  const tenantName = `tenant of ${name}`;
  const inner = `{"${name}":{"${name}":[1]}}`;
  const metadata = `{"type":"COMPLEX","${name}":{"${name}":2}}`;
  const { permissions } = allowing('*');
  const defined = (defaultValue: string) =>
    `[{"name":"${name}","metadata":${metadata},"defaultValue":${defaultValue},"permissions":${JSON.stringify(permissions)}}]`;
  const post = (path: string, body: string) =>
    api.request('POST', path, { query: { accessTokenId }, body, headers: { 'content-type': 'application/json' } });
  const change = (path: string, form: Record<string, string>) =>
    api.request('POST', path, { form: { accessTokenId, ...form } });
  const get = (path: string, query: Record<string, string>) =>
    api.request('GET', path, { query: { accessTokenId, tenantName, ...query } });
  const create = (username: string, form: Record<string, string> = {}) =>
    change('/profile/create', { tenantName, username, email: 'a@example.com', enabled: 'true', ...form });

  test('is defined in the tenant, with metadata and a default value', async () => {
    const created = await post('/tenant/create', `{"name":"${tenantName}","attributeDefinitions":${defined(inner)}}`);
    const text = `"metadata":${metadata},"defaultValue":${inner}`;
    expect([created.status, created.bytes.toString()]).toEqual([200, expect.stringContaining(text)]);
    expect((await get(`/tenant/${encodeURIComponent(tenantName)}`, {})).bytes.toString()).toContain(text);
  });

  test('is an attribute of a profile like any other', async () => {
    const byDefault = await create('default');
    expect([byDefault.status, byDefault.bytes.toString()]).toEqual([
      200,
      expect.stringContaining(`"attributes":{"${name}":${inner}}`),
    ]);
    const given = await create('given', { attributes: `{"${name}":"Mara"}` });
    const { id } = given.body;
    const shows = async (query: Record<string, string>, attributes: string) =>
      expect((await get(`/profile/${id}`, query)).bytes.toString()).toContain(`"attributes":${attributes}`);
    await shows({}, `{"${name}":"Mara"}`);
    const set = await post(`/profile/${id}/attributes/update`, `{"${name}":${inner}}`);
    expect(set.bytes.toString()).toContain(`"attributes":{"${name}":${inner}}`);
    await shows({ attributeToReturn: `${name}.${name}.${name}` }, `{"${name}":${inner}}`);
    const updated = await change(`/profile/${id}/update`, { username: 'renamed', attributes: `{"${name}":3}` });
    expect(updated.bytes.toString()).toContain(`"attributes":{"${name}":3}`);
    const removed = await change(`/profile/${id}/attributes/remove`, { attributeName: name });
    expect(removed.bytes.toString()).toContain('"attributes":{}');
    await shows({}, '{}');
    expect((await get(`/profile/${id}/attributes`, {})).bytes.toString()).toBe('{}');
  });

  test('is found and sorted by', async () => {
    await create('sought', { attributes: `{"${name}":{"${name}":"x"}}` });
    const path = `${name}.${name}`;
    const found = await get('/profile/by_query', { query: `{"attributes.${path}":"x"}`, sortBy: `attributes.${path}` });
    const byValue = await get('/profile/by_attribute_value', { attributeName: path, attributeValue: 'x' });
    expect([found, byValue].map(({ body }) => body.map(({ username }: { username: string }) => username))).toEqual([
      ['sought'],
      ['sought'],
    ]);
  });

  test('comes and goes with its definition', async () => {
    const tenant = `/tenant/${encodeURIComponent(tenantName)}/attribute_definitions`;
    const readDefault = async () => (await get('/profile/by_username', { username: 'default' })).bytes.toString();
    expect((await change(`${tenant}/remove`, { attributeName: name })).status).toBe(200);
    expect(await readDefault()).toContain('"attributes":{}');
    expect((await post(`${tenant}/add`, defined('"later"'))).status).toBe(200);
    expect(await readDefault()).toContain(`"attributes":{"${name}":"later"}`);
    await sweepAll();
    expect(await readDefault()).toContain(`"attributes":{"${name}":"later"}`);
  });

  test('is imported', async () => {
    const profile = `{"username":"imported","tenant":"${tenantName}","attributes":{"${name}":${inner}}}`;
    await importingText(`{"profile":[${profile}]}`);
    expect((await get('/profile/by_username', { username: 'imported' })).bytes.toString()).toContain(
      `"attributes":{"${name}":${inner}}`,
    );
  });
});
