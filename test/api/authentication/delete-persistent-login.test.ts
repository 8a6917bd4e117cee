import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { denied, tokenOfElsewhere, tokenThatMay } from '../../support/callers.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { seedPersistentLogin } from '../../support/sessions.ts';

let api: LocalApi;
let profile: Profile;
const accessTokenId = 'app-token';

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
  profile = await api.seedProfile();
});
afterAll(() => api.stop());

const remove = (id: string, token = accessTokenId) =>
  api.request('POST', `/authentication/persistent_login/${id}/delete`, { form: { accessTokenId: token } });

test('a login is gone at once, and the answer is empty', async () => {
  const { id } = await seedPersistentLogin(profile);
  const { status, headers, bytes } = await remove(id);
  expect([status, headers.get('content-length'), headers.get('content-type')]).toEqual([200, '0', null]);
  expect(bytes).toHaveLength(0);
  expect(await api.items('tickets')).toEqual([]);
});

test('one login ends, the profile keeps its others', async () => {
  const [one, other] = [await seedPersistentLogin(profile), await seedPersistentLogin(profile)];
  await remove(one.id);
  const read = await api.request('GET', `/authentication/persistent_login/${other.id}`, { query: { accessTokenId } });
  expect(read.status).toBe(200);
});

test('a login that is not there is no error, for any valid access token', async () => {
  const { status, bytes } = await remove('none', await tokenThatMay(api));
  expect([status, bytes.length]).toEqual([200, 0]);
});

test('403 without MANAGE_TICKETS on its tenant, and the login lives on', async () => {
  const { id } = await seedPersistentLogin(profile);
  for (const token of [await tokenThatMay(api, 'MANAGE_PROFILES', 'READ_TENANT'), await tokenOfElsewhere(api)]) {
    const { status, body } = await remove(id, token);
    expect([status, body]).toEqual([403, denied('MANAGE_TICKETS')]);
  }
  expect((await remove(id, await tokenThatMay(api, 'MANAGE_TICKETS'))).status).toBe(200);
});
