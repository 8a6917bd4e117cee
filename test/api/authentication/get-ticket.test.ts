import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { ticket } from '../../support/session-suites/kinds.ts';
import { lookUpSuite } from '../../support/session-suites/look-up.ts';
import { seedTicket } from '../../support/sessions.ts';

let api: LocalApi;
let profile: Profile;
const accessTokenId = 'app-token';
const now = 1_500_000_000_000;

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
  profile = await api.seedProfile();
});
afterAll(() => api.stop());
afterEach(() => jest.restoreAllMocks());

const get = (id: string, token = accessTokenId) =>
  api.request('GET', `/authentication/ticket/${id}`, { query: { accessTokenId: token } });

test.each(['', '.json'])('a ticket is answered with its new last use (suffix "%s")', async (suffix) => {
  const { id } = await seedTicket(profile, { lastRequestTimeMs: now - 60_000 });
  jest.spyOn(Date, 'now').mockReturnValue(now);
  const { status, body } = await get(`${id}${suffix}`);
  expect(status).toBe(200);
  expect(body).toEqual({ id, tenant: 'default', profileId: profile.id, lastRequestTime: now });
  expect(await api.items('tickets')).toContainEqual(
    expect.objectContaining({ lastRequestTimeMs: now, expiresAtSeconds: now / 1000 + 900 }),
  );
});

test('the last use moves on even within one millisecond', async () => {
  const { id } = await seedTicket(profile, { lastRequestTimeMs: now });
  jest.spyOn(Date, 'now').mockReturnValue(now);
  const first = await get(id);
  const second = await get(id);
  expect([first.body.lastRequestTime, second.body.lastRequestTime]).toEqual([now + 1, now + 2]);
});

test('a ticket dies when it was not used for its age, and each use prolongs it', async () => {
  const clock = jest.spyOn(Date, 'now').mockReturnValue(now);
  const { id } = await seedTicket(profile);
  clock.mockReturnValue(now + 899_999);
  expect((await get(id)).status).toBe(200);
  clock.mockReturnValue(now + 899_999 + 899_999);
  expect((await get(id)).status).toBe(200);
  clock.mockReturnValue(now + 899_999 + 899_999 + 900_000);
  const { status, body } = await get(id);
  expect([status, body]).toEqual([404, ticket.absent(id)]);
});

lookUpSuite(() => api, { kind: ticket, call: get, actions: ['MANAGE_TICKETS'] });
