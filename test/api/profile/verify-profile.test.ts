import { asApp } from '../../support/as-app.ts';
import { asAttributes } from '../../support/attributes.ts';
import { tokenThatMay } from '../../support/callers.ts';
import { allowing, definition } from '../../support/definitions.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { verificationToken } from '../../support/session-suites/kinds.ts';
import { lookUpSuite } from '../../support/session-suites/look-up.ts';
import { seedVerificationToken } from '../../support/sessions.ts';

let api: LocalApi;
const accessTokenId = 'app-token';
const now = 1_500_000_000_123;

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
  await api.seedTenant({ attributeDefinitions: [definition('firstName'), definition('hidden', allowing('*', []))] });
});
afterAll(() => api.stop());
afterEach(() => jest.restoreAllMocks());

const attributes = asAttributes([
  ['firstName', 'Mara'],
  ['hidden', 'x'],
]);
const verify = (verificationTokenId: string, token = accessTokenId, form: Record<string, string> = {}) =>
  api.request('POST', '/profile/verify', { form: { accessTokenId: token, verificationTokenId, ...form } });
const { post } = asApp(() => api);

test('the profile is verified and open, with readable attributes only; the token is used up', async () => {
  const profile = await api.seedProfile({ enabled: false, attributes, roles: ['R'], lastModifiedMs: 1 });
  const { id } = await seedVerificationToken(profile);
  jest.spyOn(Date, 'now').mockReturnValue(now);
  const { status, body } = await verify(id);
  expect(status).toBe(200);
  expect(body).toEqual({
    id: profile.id,
    username: profile.username,
    email: profile.email,
    verified: true,
    enabled: true,
    createdOn: profile.createdAtMs,
    lastModified: now,
    tenant: 'default',
    roles: ['R'],
    attributes: { firstName: 'Mara' },
  });
  const second = await verify(id);
  expect([second.status, second.body]).toEqual([404, verificationToken.absent(id)]);
});

test('the answer can be cut down', async () => {
  const { id } = await seedVerificationToken(await api.seedProfile({ attributes }));
  expect((await verify(id, accessTokenId, { attributesToReturn: '$none' })).body.attributes).toEqual({});
});

test('a profile that was disabled on purpose since is verified and stays closed', async () => {
  const { id: profileId } = await api.seedProfile();
  const token = await post(`/profile/${profileId}/verification_token/create`);
  await post(`/profile/${profileId}/disable`);
  const { status, body } = await verify(token.body.id);
  expect([status, body.verified, body.enabled]).toEqual([200, true, false]);
});

test('the same through update, and of a profile that was closed already', async () => {
  const { id: profileId } = await api.seedProfile({ enabled: false });
  const token = await post(`/profile/${profileId}/verification_token/create`);
  await post(`/profile/${profileId}/update`, { enabled: 'false' });
  expect((await verify(token.body.id)).body.enabled).toBe(false);
});

test('a token made after the profile was disabled opens it', async () => {
  const { id: profileId } = await api.seedProfile();
  await post(`/profile/${profileId}/disable`);
  const token = await post(`/profile/${profileId}/verification_token/create`);
  expect((await verify(token.body.id)).body.enabled).toBe(true);
});

test('an earlier token stays good beside a newer one', async () => {
  const { id: profileId } = await api.seedProfile();
  const first = await post(`/profile/${profileId}/verification_token/create`);
  const second = await post(`/profile/${profileId}/verification_token/create`);
  expect((await verify(first.body.id)).status).toBe(200);
  expect((await verify(second.body.id)).status).toBe(200);
});

test('404 for an unknown token, to any valid access token', async () => {
  for (const id of ['none', '']) {
    const { status, body } = await verify(id, await tokenThatMay(api));
    expect([status, body]).toEqual([404, verificationToken.absent(id)]);
  }
});

test('404 for a token that was mailed to set a password, which it still does', async () => {
  const { id } = await seedVerificationToken(await api.seedProfile(), {}, ['changePassword']);
  const { status, body } = await verify(id);
  expect([status, body]).toEqual([404, verificationToken.absent(id)]);
  const form = { accessTokenId, resetTokenId: id, newPassword: 'new' };
  expect((await api.request('POST', '/profile/change_password', { form })).status).toBe(200);
});

test('400 without a token id', async () => {
  const { status, body } = await api.request('POST', '/profile/verify', { form: { accessTokenId } });
  expect(status).toBe(400);
  expect(body).toEqual({ errorCode: 'OTHER', message: 'Parameter "verificationTokenId" is missing' });
});

lookUpSuite(() => api, {
  kind: verificationToken,
  call: (id, token) => verify(id, token),
  actions: ['MANAGE_PROFILES', 'READ_TENANT'],
  usesUp: true,
});
