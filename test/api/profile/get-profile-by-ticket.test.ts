import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { denied, tokenThatMay } from '../../support/callers.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { seedTicket, sessionEnds } from '../../support/sessions.ts';

let api: LocalApi;
let profile: Profile;
const accessTokenId = 'app-token';
const now = 1_500_000_000_000;

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
  profile = await api.seedProfile({ username: 'mara', roles: ['R'] });
});
afterAll(() => api.stop());
afterEach(() => jest.restoreAllMocks());

const get = (ticketId: string, token = accessTokenId) =>
  api.request('GET', '/profile/by_ticket', { query: { accessTokenId: token, ticketId } });
const absent = (id: string) => ({ errorCode: 'NO_SUCH_TICKET', message: `No ticket found for ID "${id}"` });

test('the profile of the ticket is answered, and the ticket lives on from now', async () => {
  jest.spyOn(Date, 'now').mockReturnValue(now);
  const { id } = await seedTicket(profile, { lastRequestTimeMs: now - 899_999 });
  const { status, body } = await get(id);
  expect(status).toBe(200);
  expect(body).toEqual({
    id: profile.id,
    username: 'mara',
    email: 'mara@example.com',
    verified: false,
    enabled: true,
    createdOn: profile.createdAtMs,
    lastModified: profile.lastModifiedMs,
    tenant: 'default',
    roles: ['R'],
    attributes: {},
  });
  const ticket = await api.request('GET', `/authentication/ticket/${id}`, { query: { accessTokenId } });
  expect(ticket.body.lastRequestTime).toBe(now + 1);
});

test('400, not 404, for an unknown ticket, to any valid access token', async () => {
  const { status, body } = await get('none', await tokenThatMay(api));
  expect([status, body]).toEqual([400, absent('none')]);
});

test('400 for an expired ticket', async () => {
  const { id } = await seedTicket(profile, { lastRequestTimeMs: Date.now() - 900_000 });
  const { status, body } = await get(id);
  expect([status, body]).toEqual([400, absent(id)]);
});

test.each(sessionEnds)('400 where its profile %s', async (_, change) => {
  const other = await api.seedProfile({ credentialEpoch: 1, disableEpoch: 1, ...change });
  const { id } = await seedTicket({ ...other, credentialEpoch: 1, disableEpoch: 1 });
  const { status, body } = await get(id);
  expect([status, body]).toEqual([400, absent(id)]);
});

test('400 where its profile is gone', async () => {
  const { id } = await seedTicket({ ...profile, id: '5a0000000000000000000000' });
  const { status, body } = await get(id);
  expect([status, body]).toEqual([400, absent(id)]);
});

test('MANAGE_TICKETS comes first, then MANAGE_PROFILES, then READ_TENANT', async () => {
  const { id } = await seedTicket(profile);
  for (const [allowed, action] of [
    [['MANAGE_PROFILES', 'READ_TENANT'], 'MANAGE_TICKETS'],
    [['MANAGE_TICKETS', 'READ_TENANT'], 'MANAGE_PROFILES'],
    [['MANAGE_TICKETS', 'MANAGE_PROFILES'], 'READ_TENANT'],
  ] as const) {
    const { status, body } = await get(id, await tokenThatMay(api, ...allowed));
    expect([status, body]).toEqual([403, denied(action)]);
  }
});

test('400 without a ticket id', async () => {
  const { status, body } = await api.request('GET', '/profile/by_ticket', { query: { accessTokenId } });
  expect(status).toBe(400);
  expect(body).toEqual({ errorCode: 'OTHER', message: 'Parameter "ticketId" is missing' });
});
