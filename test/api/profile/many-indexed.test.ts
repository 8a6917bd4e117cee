import { definition } from '../../support/definitions.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { findOrphans } from '../../support/orphans.ts';

let api: LocalApi;
const query = { accessTokenId: 'app-token' };
const names = Array.from({ length: 250 }, (_, index) => `attribute${String(index).padStart(3, '0')}`);

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  await api.seedAccessToken();
  const attributeDefinitions = names.map((name) => definition(name, { metadata: { indexed: true } }));
  await api.seedTenant({ attributeDefinitions });
});
afterAll(() => api.stop());

const entriesOf = async (id: string) =>
  (await api.items('profiles')).filter(({ pk, sk }) => `${pk}`.startsWith('INDEX#') && `${sk}`.endsWith(`#${id}`));
const create = async (
  attributes: Readonly<Record<string, unknown>>,
  username: string,
  role: readonly string[] = [],
) => {
  const form = {
    tenantName: 'default',
    username,
    email: 'a@example.org',
    enabled: 'true',
    role,
    password: 'first',
    attributes: JSON.stringify(attributes),
    verificationUrl: 'https://app.example.com/',
  };
  const { status, body } = await api.request('POST', '/profile/create', { query, form });
  return { status, id: String(body.id) };
};
const update = (id: string, form: Readonly<Record<string, string>>) =>
  api.request('POST', `/profile/${id}/update`, { query, form });

test('a profile with 250 indexed attributes, huge lists among them, is made, changed and deleted like any other', async () => {
  const lists = Object.fromEntries(
    names.map((name, at) => [name, at % 3 ? `value ${at}` : [at, 'x'.repeat(1000), true]]),
  );
  const { status, id } = await create(lists, 'first', ['A', 'B']);
  expect(status).toBe(200);
  expect((await entriesOf(id)).map(({ pk }) => `${pk}`.slice(-1))).toContain('*');
  const long = Array.from({ length: 20_000 }, (_, at) => at);
  const json = { attribute000: long, attribute001: 'other' };
  expect((await api.request('POST', `/profile/${id}/attributes/update`, { query, json })).status).toBe(200);
  expect(await findOrphans(api)).toEqual([]);
  const form = { username: 'second', password: 'second', role: 'C', attributes: '{"attribute002": [1, 2, 3]}' };
  expect((await update(id, form)).body).toMatchObject({ username: 'second', roles: ['C'] });
  expect(await findOrphans(api)).toEqual([]);
  expect((await api.request('POST', `/profile/${id}/delete`, { query })).status).toBe(200);
  expect(await entriesOf(id)).toEqual([]);
  expect(await findOrphans(api)).toEqual([]);
});

test('40 entries become 40 others together with username and password in one transaction', async () => {
  const of = (prefix: string) =>
    Object.fromEntries(names.slice(0, 40).map((name) => [name, `${prefix} ${name}`.repeat(90)]));
  const { id } = await create(of('old'), 'changing');
  const before = await entriesOf(id);
  const form = { username: 'changed', password: 'changed', attributes: JSON.stringify(of('new')) };
  expect((await update(id, form)).status).toBe(200);
  const after = await entriesOf(id);
  expect([before.length, after.length]).toEqual([40, 40]);
  // That of what is overflowing stays.
  const kept = before.filter(({ pk, sk }) => after.some((other) => other.pk === pk && other.sk === sk));
  expect(kept.map(({ pk }) => `${pk}`.slice(-1))).toEqual(['*']);
  expect(await findOrphans(api)).toEqual([]);
});

test('roles beyond what is indexed one by one, and no more of them', async () => {
  await api.seedTenant({ name: 'roles' });
  const role = Array.from({ length: 100 }, (_, at) => `ROLE_${at}`);
  const { id } = await api.seedProfile({ tenant: 'roles', roles: role });
  expect(await entriesOf(id)).toHaveLength(1);
  const form = { role: role.slice(3) };
  await api.request('POST', `/profile/${id}/roles/remove`, { query, form });
  expect(await entriesOf(id)).toHaveLength(3);
  await api.request('POST', `/profile/${id}/roles/add`, { query, form });
  expect(await entriesOf(id)).toHaveLength(1);
  expect(await findOrphans(api)).toEqual([]);
});
