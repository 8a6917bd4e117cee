import { denied, tokenThatMay } from '../../support/callers.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;
const accessTokenId = 'app-token';

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
});
afterAll(() => api.stop());

type Form = Record<string, string | readonly string[]>;
const change = (name: string, what: string, form: Form, token = accessTokenId) =>
  api.request('POST', `/tenant/${name}/${what}`, { form: { accessTokenId: token, ...form } });
const rolesOf = async (id: string) => {
  const { body } = await api.request('GET', `/profile/${id}`, { query: { accessTokenId } });
  return body.roles.sort();
};

test('the flag verifyNewProfiles is set, and nothing else', async () => {
  const { id } = await api.seedTenant({ name: 'flag', availableRoles: ['R'], cleanseAttributes: false });
  for (const [word, verifyNewProfiles] of [
    ['On', true],
    ['0', false],
  ] as const) {
    const { status, body } = await change('flag', 'verify_new_profiles', { verify: word });
    expect(status).toBe(200);
    expect(body).toEqual({
      id,
      name: 'flag',
      verifyNewProfiles,
      ssoEnabled: false,
      cleanseAttributes: false,
      availableRoles: ['R'],
      attributeDefinitions: [],
    });
  }
});

test('roles are added to those there, each once', async () => {
  const { id } = await api.seedTenant({ name: 'adds', availableRoles: ['A'] });
  const { status, body } = await change('adds', 'roles/add', { role: 'B, A ,C,,B' });
  expect(status).toBe(200);
  expect({ ...body, availableRoles: body.availableRoles.sort() }).toEqual({
    id,
    name: 'adds',
    verifyNewProfiles: false,
    ssoEnabled: false,
    availableRoles: ['A', 'B', 'C'],
    attributeDefinitions: [],
  });
  const read = await api.request('GET', '/tenant/adds', { query: { accessTokenId } });
  expect(read.body.availableRoles.sort()).toEqual(['A', 'B', 'C']);
});

test('several occurrences are taken as they are, commas included', async () => {
  await api.seedTenant({ name: 'verbatim' });
  const { body } = await change('verbatim', 'roles/add', { role: ['A,B', ' C '] });
  expect(body.availableRoles.sort()).toEqual([' C ', 'A,B']);
});

test('an empty list changes nothing', async () => {
  await api.seedTenant({ name: 'same', availableRoles: ['A'] });
  for (const what of ['roles/add', 'roles/remove']) {
    const { status, body } = await change('same', what, { role: '' });
    expect([status, body.availableRoles]).toEqual([200, ['A']]);
  }
});

test('removed roles are gone from tenant and profiles at once, those that were not available too', async () => {
  await api.seedTenant({ name: 'removes', availableRoles: ['A', 'B'] });
  const { id } = await api.seedProfile({ tenant: 'removes', roles: ['A', 'B', 'X'] });
  const other = await api.seedProfile({ roles: ['A'] });
  const { status, body } = await change('removes', 'roles/remove', { role: ['A', 'X', 'unknown'] });
  expect([status, body.availableRoles]).toEqual([200, ['B']]);
  expect(await rolesOf(id)).toEqual(['B']);
  expect(await rolesOf(other.id)).toEqual(['A']);
});

test('a profile of a removed role keeps its lastModified', async () => {
  await api.seedTenant({ name: 'still', availableRoles: ['A'] });
  const profile = await api.seedProfile({ tenant: 'still', roles: ['A'], lastModifiedMs: 1_500_000_000_000 });
  await change('still', 'roles/remove', { role: 'A' });
  const { body } = await api.request('GET', `/profile/${profile.id}`, { query: { accessTokenId } });
  expect([body.roles, body.lastModified]).toEqual([[], 1_500_000_000_000]);
});

test('a role removed and added again stays away from profiles that had it', async () => {
  await api.seedTenant({ name: 'again', availableRoles: ['A'] });
  const { id } = await api.seedProfile({ tenant: 'again', roles: ['A'] });
  await change('again', 'roles/remove', { role: 'A' });
  await change('again', 'roles/add', { role: 'A' });
  expect(await rolesOf(id)).toEqual([]);
  const form = { accessTokenId, role: 'A' };
  expect((await api.request('POST', `/profile/${id}/roles/add`, { form })).body.roles).toEqual(['A']);
  expect(await rolesOf(id)).toEqual(['A']);
});

describe.each([
  ['verify_new_profiles', 'verify', 'true'],
  ['roles/add', 'role', 'R'],
  ['roles/remove', 'role', 'R'],
])('%s', (what, parameter, value) => {
  beforeAll(() => api.seedTenant());

  test(`400 without ${parameter}, for an unknown tenant and a token without permissions too`, async () => {
    const { status, body } = await change('none', what, {}, await tokenThatMay(api));
    expect(status).toBe(400);
    expect(body).toEqual({ errorCode: 'OTHER', message: `Parameter "${parameter}" is missing` });
  });

  test('403 without READ_TENANT, known tenant or not', async () => {
    const updater = await tokenThatMay(api, 'UPDATE_TENANT');
    expect(await change('default', what, { [parameter]: value }, updater)).toMatchObject({
      status: 403,
      body: denied('READ_TENANT'),
    });
    expect((await change('none', what, { [parameter]: value }, updater)).status).toBe(403);
  });

  test('404 for an unknown tenant, before UPDATE_TENANT is asked for', async () => {
    await api.seedAccessToken({ id: 'reader', tenantPermissions: [{ tenant: '*', allowedActions: ['READ_TENANT'] }] });
    const { status, body } = await change('none', what, { [parameter]: value }, 'reader');
    expect(status).toBe(404);
    expect(body).toEqual({ errorCode: 'NO_SUCH_TENANT', message: 'Tenant "none" does not exist' });
  });

  test('403 without UPDATE_TENANT', async () => {
    const answer = await change('default', what, { [parameter]: value }, await tokenThatMay(api, 'READ_TENANT'));
    expect(answer).toMatchObject({ status: 403, body: denied('UPDATE_TENANT') });
  });
});

test.each(['', 'perhaps'])('400 for the flag "%s"', async (verify) => {
  const { status, body } = await change('default', 'verify_new_profiles', { verify });
  expect(status).toBe(400);
  expect(body).toEqual({ errorCode: 'OTHER', message: 'Parameter "verify" must be true or false' });
});
