import { asApp } from '../../support/as-app.ts';
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

const { post, readProfile, isLive } = asApp(() => api);
const create = async (kind: string, profileId: string) =>
  (await post(`/authentication/${kind}/create`, { profileId })).body.id;

test('roles are added as a set, available or not', async () => {
  const profile = await api.seedProfile({ roles: ['A'], lastModifiedMs: 1 });
  const before = await readProfile(profile.id);
  jest.spyOn(Date, 'now').mockReturnValue(now);
  const { status, body } = await post(`/profile/${profile.id}/roles/add`, { role: 'B, A,C' });
  expect(status).toBe(200);
  const changed = { ...before, roles: ['A', 'B', 'C'], lastModified: now };
  expect({ ...body, roles: body.roles.sort() }).toEqual(changed);
  const stored = await readProfile(profile.id);
  expect({ ...stored, roles: stored.roles.sort() }).toEqual(changed);
});

test('roles are removed, those not held ignored, down to none', async () => {
  const profile = await api.seedProfile({ roles: ['A', 'B', 'C'], lastModifiedMs: 1 });
  const before = await readProfile(profile.id);
  jest.spyOn(Date, 'now').mockReturnValue(now);
  const { status, body } = await post(`/profile/${profile.id}/roles/remove`, { role: ['A', 'X', 'A'] });
  expect(status).toBe(200);
  expect({ ...body, roles: body.roles.sort() }).toEqual({ ...before, roles: ['B', 'C'], lastModified: now });
  expect((await post(`/profile/${profile.id}/roles/remove`, { role: 'B,C' })).body.roles).toEqual([]);
  expect((await readProfile(profile.id)).roles).toEqual([]);
  expect((await post(`/profile/${profile.id}/roles/remove`, { role: 'B' })).body.roles).toEqual([]);
  expect((await post(`/profile/${profile.id}/roles/add`, { role: 'D' })).body.roles).toEqual(['D']);
});

test('an empty list of roles changes lastModified only', async () => {
  const profile = await api.seedProfile({ roles: ['A'], lastModifiedMs: 1 });
  const before = await readProfile(profile.id);
  jest.spyOn(Date, 'now').mockReturnValue(now);
  for (const [step, what] of ['roles/add', 'roles/remove'].entries()) {
    const { body } = await post(`/profile/${profile.id}/${what}`, { role: '' });
    expect(body).toEqual({ ...before, lastModified: now + step });
  }
});

test.each(['roles/add', 'roles/remove'])(
  '400 without roles from %s, before the profile is looked for',
  async (what) => {
    const { status, body } = await post(`/profile/none/${what}`);
    expect(status).toBe(400);
    expect(body).toEqual({ errorCode: 'OTHER', message: 'Parameter "role" is missing' });
  },
);

test('a profile is disabled and enabled again', async () => {
  const profile = await api.seedProfile({ lastModifiedMs: 1 });
  const before = await readProfile(profile.id);
  jest.spyOn(Date, 'now').mockReturnValue(now);
  const disabled = await post(`/profile/${profile.id}/disable`);
  expect([disabled.status, disabled.body]).toEqual([200, { ...before, enabled: false, lastModified: now }]);
  const enabled = await post(`/profile/${profile.id}/enable`);
  expect([enabled.status, enabled.body]).toEqual([200, { ...before, enabled: true, lastModified: now + 1 }]);
  expect(await readProfile(profile.id)).toEqual(enabled.body);
});

test.each(['ticket', 'persistent_login'])('a %s of a disabled profile is dead, and stays dead', async (kind) => {
  const { id } = await api.seedProfile();
  const session = await create(kind, id);
  expect(await isLive(kind, session)).toBe(true);
  await post(`/profile/${id}/disable`);
  expect(await isLive(kind, session)).toBe(false);
  await post(`/profile/${id}/enable`);
  expect(await isLive(kind, session)).toBe(false);
  expect(await isLive(kind, await create(kind, id))).toBe(true);
});

test('enabling what is enabled ends nothing', async () => {
  const { id } = await api.seedProfile();
  const ticket = await create('ticket', id);
  await post(`/profile/${id}/enable`);
  expect(await isLive('ticket', ticket)).toBe(true);
});
