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
  profile = await api.seedProfile({ username: 'mara', roles: ['R'] });
});
afterAll(() => api.stop());
afterEach(() => jest.restoreAllMocks());

const get = (ticketId: string, token = accessTokenId) =>
  api.request('GET', '/profile/by_ticket', { query: { accessTokenId: token, ticketId } });

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

test('400 without a ticket id', async () => {
  const { status, body } = await api.request('GET', '/profile/by_ticket', { query: { accessTokenId } });
  expect(status).toBe(400);
  expect(body).toEqual({ errorCode: 'OTHER', message: 'Parameter "ticketId" is missing' });
});

lookUpSuite(() => api, {
  kind: ticket,
  call: get,
  actions: ['MANAGE_TICKETS', 'MANAGE_PROFILES', 'READ_TENANT'],
  absentStatus: 400,
});
