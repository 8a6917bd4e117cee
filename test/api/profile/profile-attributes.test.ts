import type { JsonValue } from '../../../functions/shared/domain/values/json.ts';
import { asApp } from '../../support/as-app.ts';
import { asAttributes } from '../../support/attributes.ts';
import { tokenThatMay } from '../../support/callers.ts';
import { allowing, definition } from '../../support/definitions.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;
const accessTokenId = 'app-token';
const now = 1_500_000_000_123;

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
  await api.seedTenant({
    attributeDefinitions: [
      definition('firstName', { metadata: { type: 'TEXT' } }),
      definition('prefs'),
      definition('readOnly', allowing('*', ['READ_ATTRIBUTE'])),
      definition('secret', allowing('*', ['WRITE_ATTRIBUTE'])),
      definition('noRemove', allowing('*', ['READ_ATTRIBUTE', 'WRITE_ATTRIBUTE'])),
      ...Array.from({ length: 250 }, (_, i) => definition(`a${i}`)),
    ],
  });
});
afterAll(() => api.stop());
afterEach(() => jest.restoreAllMocks());

const set = (id: string, json: unknown, token = accessTokenId) =>
  api.request('POST', `/profile/${id}/attributes/update`, { query: { accessTokenId: token }, json });
const remove = (id: string, attributeName: string | readonly string[], token = accessTokenId) =>
  api.request('POST', `/profile/${id}/attributes/remove`, { form: { accessTokenId: token, attributeName } });
const { readProfile } = asApp(() => api);
const seed = (attributes: Record<string, JsonValue>) =>
  api.seedProfile({ attributes: asAttributes(Object.entries(attributes)), lastModifiedMs: 1 });

test('named attributes are set, others stay, nothing is escaped', async () => {
  const { id } = await seed({ firstName: 'Mara', noRemove: 1 });
  const before = await readProfile(id);
  jest.spyOn(Date, 'now').mockReturnValue(now);
  const { status, body } = await set(id, { firstName: '<b>&', prefs: { a: null, b: [null, 1e300, ''] } });
  expect(status).toBe(200);
  const attributes = { firstName: '<b>&', noRemove: 1, prefs: { b: [null, 1e300, ''] } };
  expect(body).toEqual({ ...before, attributes, lastModified: now });
  expect(await readProfile(id)).toEqual(body);
});

test('a value just written is shown even to a caller who may not read it, one that a null left alone is not', async () => {
  const { id } = await seed({ secret: 'hush' });
  expect((await set(id, { secret: null })).body.attributes).toEqual({});
  expect((await set(id, { secret: 'new' })).body.attributes).toEqual({ secret: 'new' });
});

test('null keeps what is there; an empty object touches lastModified only', async () => {
  const { id } = await seed({ firstName: 'Mara' });
  const before = await readProfile(id);
  jest.spyOn(Date, 'now').mockReturnValue(now);
  for (const [step, json] of [{ firstName: null, prefs: null }, {}].entries()) {
    expect((await set(id, json)).body).toEqual({ ...before, lastModified: now + step });
  }
});

test('keys of prototypes inside a value are data like any other', async () => {
  const { id } = await seed({});
  const value = '{"__proto__":{"x":1},"constructor":{"prototype":2}}';
  const { status, bytes } = await api.request('POST', `/profile/${id}/attributes/update`, {
    query: { accessTokenId },
    body: `{"prefs":${value}}`,
    headers: { 'content-type': 'application/json' },
  });
  expect([status, bytes.toString()]).toEqual([200, expect.stringContaining(`"prefs":${value}`)]);
  const stored = await api.request('GET', `/profile/${id}`, { query: { accessTokenId } });
  expect(stored.bytes.toString()).toContain(`"prefs":${value}`);
});

test('250 attributes go in one call, 251 do not', async () => {
  const { id } = await seed({});
  const json = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`a${i}`, i]));
  const { status, body } = await set(id, json);
  expect([status, body.attributes]).toEqual([200, json]);
  const names = Object.keys(json);
  expect((await remove(id, [...names, 'firstName'])).status).toBe(400);
  expect((await set(id, { ...json, firstName: 'x' })).body).toEqual({
    errorCode: 'OTHER',
    message: 'More than 250 attributes in one call',
  });
  expect((await remove(id, names)).body.attributes).toEqual({});
});

test.each([
  ['a list', []],
  ['null', null],
  ['text', 'x'],
  ['a number', 5],
])('400 for a body that is %s', async (_, json) => {
  const { id } = await seed({});
  const { status, body } = await set(id, json);
  expect([status, body.errorCode]).toEqual([400, 'OTHER']);
});

test('attributes are removed, those absent ignored', async () => {
  const { id } = await seed({ firstName: 'Mara', prefs: 1, noRemove: 1 });
  const before = await readProfile(id);
  jest.spyOn(Date, 'now').mockReturnValue(now);
  const { status, body } = await remove(id, 'firstName, a1,firstName');
  expect(status).toBe(200);
  expect(body).toEqual({ ...before, attributes: { prefs: 1, noRemove: 1 }, lastModified: now });
  expect(await readProfile(id)).toEqual(body);
});

test('names are checked in their order, and nothing is stored where one fails', async () => {
  const { id } = await seed({ firstName: 'Mara', noRemove: 1, readOnly: 1 });
  const before = await readProfile(id);
  const failures = [
    [
      await set(id, { firstName: 'x', readOnly: 2, none: 1 }),
      403,
      'Action WRITE_ATTRIBUTE denied on attribute "readOnly"',
    ],
    [await set(id, { none: 1, readOnly: 2 }), 400, 'Attribute "none" is not defined for tenant "default"'],
    [
      await remove(id, ['firstName', 'noRemove', 'none']),
      403,
      'Action REMOVE_ATTRIBUTE denied on attribute "noRemove"',
    ],
    [await remove(id, ['prefs.lang', 'noRemove']), 400, 'Attribute "prefs.lang" is not defined for tenant "default"'],
  ] as const;
  for (const [{ status, body }, expected, message] of failures) {
    const errorCode = expected === 403 ? 'ACTION_DENIED' : 'ATTRIBUTE_NOT_DEFINED';
    expect([status, body]).toEqual([expected, { errorCode, message }]);
  }
  expect(await readProfile(id)).toEqual(before);
});

test('the access token comes before what is wrong with the body', async () => {
  const tooMany = Object.fromEntries(Array.from({ length: 251 }, (_, i) => [`a${i}`, i]));
  expect((await set('none', tooMany, 'stranger')).body.errorCode).toBe('NO_SUCH_ACCESS_TOKEN_ID');
  expect((await remove('none', Object.keys(tooMany), 'stranger')).body.errorCode).toBe('NO_SUCH_ACCESS_TOKEN_ID');
});

test('403 of the tenant comes before the attributes', async () => {
  const { id } = await seed({});
  const { body } = await set(id, { none: 1 }, await tokenThatMay(api, 'MANAGE_PROFILES'));
  expect(body.message).toBe('Action READ_TENANT denied on tenant "default"');
});

test('400 without names to remove', async () => {
  const { status, body } = await api.request('POST', '/profile/none/attributes/remove', { form: { accessTokenId } });
  expect(status).toBe(400);
  expect(body).toEqual({ errorCode: 'OTHER', message: 'Parameter "attributeName" is missing' });
});
