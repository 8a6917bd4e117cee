import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { ticket } from '../../support/session-suites/kinds.ts';
import { makingSuite } from '../../support/session-suites/making.ts';
import { uuid } from '../../support/sessions.ts';

let api: LocalApi;
let profile: Profile;
const accessTokenId = 'app-token';
const now = 1_500_000_000_123;

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
  profile = await api.seedProfile({ credentialEpoch: 7, disableEpoch: 8 });
});
afterAll(() => api.stop());
afterEach(() => jest.restoreAllMocks());

const create = (form: Record<string, string>) => api.request('POST', '/authentication/ticket/create', { form });

test('a ticket is made without a password, and its id is stored as a hash only', async () => {
  jest.spyOn(Date, 'now').mockReturnValue(now);
  const { status, body } = await create({ accessTokenId, profileId: profile.id });
  expect(status).toBe(200);
  expect(body).toEqual({ id: uuid, tenant: 'default', profileId: profile.id, lastRequestTime: now });
  const stored = await api.items('tickets');
  expect(stored).toMatchObject([{ credentialEpoch: 7, disableEpoch: 8, lastRequestTimeMs: now }]);
  expect(JSON.stringify(stored)).not.toContain(body.id);
});

test('400 without a profile id', async () => {
  const { status, body } = await create({ accessTokenId });
  expect(status).toBe(400);
  expect(body).toEqual({ errorCode: 'OTHER', message: 'Parameter "profileId" is missing' });
});

makingSuite(() => api, {
  kind: ticket,
  call: (profileId, token = accessTokenId) => create({ accessTokenId: token, profileId }),
  actions: ['MANAGE_PROFILES', 'READ_TENANT', 'MANAGE_TICKETS'],
});
