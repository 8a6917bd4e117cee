import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { asAttributes } from '../../support/attributes.ts';
import { denied, tokenOfElsewhere, tokenThatMay } from '../../support/callers.ts';
import { definition } from '../../support/definitions.ts';
import { type ApiRequest, type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;
let profile: Profile;
const accessTokenId = 'app-token';
const unknownId = '5a0000000000000000000000';

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
  await api.seedTenant({ attributeDefinitions: [definition('firstName')] });
  profile = await api.seedProfile({ attributes: asAttributes([['firstName', 'Mara']]) });
});
afterAll(() => api.stop());

type Operation = readonly [method: string, path: string, request: ApiRequest, answer: (profile: Profile) => unknown];

const whole = ({ id, username, email, createdAtMs }: Profile) => ({
  id,
  username,
  email,
  verified: false,
  enabled: expect.any(Boolean),
  createdOn: createdAtMs,
  lastModified: expect.any(Number),
  tenant: 'default',
  roles: [],
  attributes: { firstName: 'Mara' },
});
const token = ({ id }: Profile) => ({
  id: expect.any(String),
  tenant: 'default',
  profileId: id,
  timestamp: expect.any(Number),
});

const operations: readonly Operation[] = [
  ['GET', '', {}, whole],
  ['GET', '/attributes', {}, () => ({ firstName: 'Mara' })],
  ['POST', '/update', {}, whole],
  ['POST', '/enable', {}, whole],
  ['POST', '/disable', {}, whole],
  ['POST', '/roles/add', { form: { role: '' } }, whole],
  ['POST', '/roles/remove', { form: { role: 'R' } }, whole],
  ['POST', '/attributes/update', { json: {} }, whole],
  ['POST', '/attributes/remove', { form: { attributeName: '' } }, whole],
  ['POST', '/reset_password', { form: { resetPasswordUrl: 'https://app.example.com/' } }, whole],
  ['POST', '/verification_token/create', {}, token],
];

describe.each(operations)('%s /profile/{id}%s', (method, path, request, answer) => {
  const call = (id: string, token = accessTokenId) =>
    api.request(method, `/profile/${id}${path}`, { ...request, query: { accessTokenId: token } });

  test.each(['', '.json'])('answers the whole (suffix "%s")', async (suffix) => {
    const { status, body } = await api.request(method, `/profile/${profile.id}${path}${suffix}`, {
      ...request,
      query: { accessTokenId },
    });
    expect(status).toBe(200);
    expect(body).toEqual(answer(profile));
  });

  test('takes the id in capital letters too', async () => {
    expect((await call(profile.id.toUpperCase())).status).toBe(200);
  });

  test.each([unknownId, 'none', '%20', `${unknownId}0`])('404 for the id %s, to any valid access token', async (id) => {
    const { status, body } = await call(id, await tokenThatMay(api));
    expect(status).toBe(404);
    const message = `No profile found with ID "${decodeURIComponent(id)}"`;
    expect(body).toEqual({ errorCode: 'NO_SUCH_PROFILE', message });
  });

  test('404 for a profile of an earlier tenant of the same name', async () => {
    const { id } = await api.seedProfile({ tenantId: unknownId });
    const { status, body } = await call(id);
    expect([status, body.errorCode]).toEqual([404, 'NO_SUCH_PROFILE']);
  });

  test('403 without MANAGE_PROFILES, then without READ_TENANT, on the profile’s tenant', async () => {
    const none = await call(profile.id, await tokenThatMay(api, 'READ_TENANT', 'MANAGE_TICKETS', 'UPDATE_TENANT'));
    expect([none.status, none.body]).toEqual([403, denied('MANAGE_PROFILES')]);
    const elsewhere = await call(profile.id, await tokenOfElsewhere(api));
    expect([elsewhere.status, elsewhere.body]).toEqual([403, denied('MANAGE_PROFILES')]);
    const manager = await call(profile.id, await tokenThatMay(api, 'MANAGE_PROFILES'));
    expect([manager.status, manager.body]).toEqual([403, denied('READ_TENANT')]);
    const both = await call(profile.id, await tokenThatMay(api, 'MANAGE_PROFILES', 'READ_TENANT'));
    expect(both.status).toBe(200);
  });
});
