import { endAccessToken } from '../../lib/admin/end-token.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi();
});
afterAll(() => api.stop());

const statusFor = async (accessTokenId: string) =>
  (await api.request('GET', '/tenant/count', { query: { accessTokenId } })).status;

test.each(['a/b', '.', '..', 'a?b', 'a#b', '100%', 'a\\b', 'a\nb', 'plain'])('ends the access token %j', async (id) => {
  await api.seedAccessToken({ id, application: 'crm' });
  expect(await statusFor(id)).toBe(200);
  expect(await endAccessToken(id)).toBe(`The access token ${JSON.stringify(id)} of application "crm" is ended.`);
  expect(await statusFor(id)).toBe(403);
});

test('says that there is none, and leaves the others', async () => {
  await api.seedAccessToken({ id: 'other' });
  await expect(endAccessToken('a/b')).rejects.toThrow('There is no access token "a/b"');
  expect(await statusFor('other')).toBe(200);
});
