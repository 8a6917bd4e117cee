import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;
const accessTokenId = 'app-token';
const now = 1_500_000_000_123;

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
});
afterAll(() => api.stop());
afterEach(() => jest.restoreAllMocks());

type Form = Record<string, string | readonly string[]>;
const change = (id: string, what: string, form: Form = {}) =>
  api.request('POST', `/profile/${id}/${what}`, { form: { accessTokenId, ...form } });
const read = async (id: string) => (await api.request('GET', `/profile/${id}`, { query: { accessTokenId } })).body;
const isLive = async (kind: string, id: string) =>
  (await api.request('GET', `/authentication/${kind}/${id}`, { query: { accessTokenId } })).status === 200;
const create = async (kind: string, profileId: string) =>
  (await api.request('POST', `/authentication/${kind}/create`, { form: { accessTokenId, profileId } })).body.id;

test('roles are added as a set, available or not', async () => {
  const profile = await api.seedProfile({ roles: ['A'] });
  const before = await read(profile.id);
  jest.spyOn(Date, 'now').mockReturnValue(now);
  const { status, body } = await change(profile.id, 'roles/add', { role: 'B, A,C' });
  expect(status).toBe(200);
  const changed = { ...before, roles: ['A', 'B', 'C'], lastModified: now };
  expect({ ...body, roles: body.roles.sort() }).toEqual(changed);
  const stored = await read(profile.id);
  expect({ ...stored, roles: stored.roles.sort() }).toEqual(changed);
});

test('roles are removed, those not held ignored, down to none', async () => {
  const profile = await api.seedProfile({ roles: ['A', 'B', 'C'] });
  const before = await read(profile.id);
  jest.spyOn(Date, 'now').mockReturnValue(now);
  const { status, body } = await change(profile.id, 'roles/remove', { role: ['A', 'X', 'A'] });
  expect(status).toBe(200);
  expect({ ...body, roles: body.roles.sort() }).toEqual({ ...before, roles: ['B', 'C'], lastModified: now });
  expect((await change(profile.id, 'roles/remove', { role: 'B,C' })).body.roles).toEqual([]);
  expect((await read(profile.id)).roles).toEqual([]);
  expect((await change(profile.id, 'roles/remove', { role: 'B' })).body.roles).toEqual([]);
  expect((await change(profile.id, 'roles/add', { role: 'D' })).body.roles).toEqual(['D']);
});

test('an empty list of roles changes lastModified only', async () => {
  const profile = await api.seedProfile({ roles: ['A'] });
  const before = await read(profile.id);
  jest.spyOn(Date, 'now').mockReturnValue(now);
  for (const what of ['roles/add', 'roles/remove']) {
    expect((await change(profile.id, what, { role: '' })).body).toEqual({ ...before, lastModified: now });
  }
});

test.each(['roles/add', 'roles/remove'])(
  '400 without roles from %s, before the profile is looked for',
  async (what) => {
    const { status, body } = await change('none', what);
    expect(status).toBe(400);
    expect(body).toEqual({ errorCode: 'OTHER', message: 'Parameter "role" is missing' });
  },
);

test('a profile is disabled and enabled again', async () => {
  const profile = await api.seedProfile();
  const before = await read(profile.id);
  jest.spyOn(Date, 'now').mockReturnValue(now);
  const disabled = await change(profile.id, 'disable');
  expect([disabled.status, disabled.body]).toEqual([200, { ...before, enabled: false, lastModified: now }]);
  const enabled = await change(profile.id, 'enable');
  expect([enabled.status, enabled.body]).toEqual([200, { ...before, enabled: true, lastModified: now }]);
  expect(await read(profile.id)).toEqual(enabled.body);
});

test.each(['ticket', 'persistent_login'])('a %s of a disabled profile is dead, and stays dead', async (kind) => {
  const { id } = await api.seedProfile();
  const session = await create(kind, id);
  expect(await isLive(kind, session)).toBe(true);
  await change(id, 'disable');
  expect(await isLive(kind, session)).toBe(false);
  await change(id, 'enable');
  expect(await isLive(kind, session)).toBe(false);
  expect(await isLive(kind, await create(kind, id))).toBe(true);
});

test('enabling what is enabled ends nothing', async () => {
  const { id } = await api.seedProfile();
  const ticket = await create('ticket', id);
  await change(id, 'enable');
  expect(await isLive('ticket', ticket)).toBe(true);
});
