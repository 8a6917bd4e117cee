import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { denied, tokenOfElsewhere, tokenThatMay } from '../../support/callers.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { seedTicket } from '../../support/sessions.ts';

let api: LocalApi;
let profile: Profile;
const accessTokenId = 'app-token';

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
  profile = await api.seedProfile();
});
afterAll(() => api.stop());

const invalidate = (id: string, token = accessTokenId) =>
  api.request('POST', `/authentication/ticket/${id}/invalidate`, { form: { accessTokenId: token } });

test('a ticket is gone at once, and the answer is empty', async () => {
  const { id } = await seedTicket(profile);
  const { status, headers, bytes } = await invalidate(id);
  expect([status, headers.get('content-length'), headers.get('content-type')]).toEqual([200, '0', null]);
  expect(bytes).toHaveLength(0);
  expect(await api.items('tickets')).toEqual([]);
});

test('one ticket ends, the profile keeps its others', async () => {
  const [one, other] = [await seedTicket(profile), await seedTicket(profile)];
  await invalidate(one.id);
  const read = await api.request('GET', `/authentication/ticket/${other.id}`, { query: { accessTokenId } });
  expect(read.status).toBe(200);
});

test('a ticket that is not there is no error, for any valid access token', async () => {
  const { status, bytes } = await invalidate('none', await tokenThatMay(api));
  expect([status, bytes.length]).toEqual([200, 0]);
});

test('403 without MANAGE_TICKETS on its tenant, and the ticket lives on', async () => {
  const { id } = await seedTicket(profile);
  for (const token of [await tokenThatMay(api, 'MANAGE_PROFILES', 'READ_TENANT'), await tokenOfElsewhere(api)]) {
    const { status, body } = await invalidate(id, token);
    expect([status, body]).toEqual([403, denied('MANAGE_TICKETS')]);
  }
  expect((await invalidate(id, await tokenThatMay(api, 'MANAGE_TICKETS'))).status).toBe(200);
});
