import { handle as create } from '../../../functions/profile/create-profile.ts';
import { handle as update } from '../../../functions/profile/update-profile.ts';
import { wireLines } from '../../../functions/shared/config/wire-line.ts';
import { storeIdentity } from '../../../functions/shared/repositories/identities.ts';
import { createProfile } from '../../../functions/shared/repositories/new-profiles.ts';
import { settleProfile, updateProfile } from '../../../functions/shared/repositories/profile-writes.ts';
import { findProfile } from '../../../functions/shared/repositories/profiles.ts';
import { findTenant } from '../../../functions/shared/repositories/tenants.ts';
import { asApp } from '../../support/as-app.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { overtakenBy } from '../../support/overtaken.ts';

let api: LocalApi;
const accessTokenId = 'app-token';
const sendMailOrReport = async () => true;
const noteRefusedMail = async () => undefined;

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
});
afterAll(() => api.stop());

const { post } = asApp(() => api);
const wanted = { tenantName: 'default', username: 'anna', email: 'anna@example.com', enabled: 'true', password: 'new' };
const signIn = () =>
  post('/authentication/authenticate', { tenantName: 'default', username: 'anna', password: wanted.password });

/** The tenant is deleted and made anew, with another user called anna. */
async function makeAnew() {
  await post('/tenant/default/delete');
  await api.request('POST', '/tenant/create', { query: { accessTokenId }, json: { name: 'default' } });
  expect((await post('/profile/create', wanted)).status).toBe(200);
}

const requestOf = async <Parameters>(parameters: Parameters) => ({
  caller: Promise.resolve(await api.seedAccessToken()),
  parameters,
  body: undefined,
  files: new Map(),
  query: [],
  settings: {
    wireLine: wireLines['3.1'],
    verificationTokenAgeSeconds: 60,
    newProfileSubject: 'Verify',
    mailSender: 'noreply@example.com',
    linkAllowList: [],
  },
});
const none = undefined;

test('a create that outlives its tenant takes no username from the tenant made anew', async () => {
  await api.seedTenant();
  const fields = { enabled: true, password: none, role: none, attributes: none, verificationUrl: none };
  const request = await requestOf({ ...wanted, ...fields });
  const creating = create(
    { findTenant, createProfile: overtakenBy(makeAnew, createProfile), sendMailOrReport, noteRefusedMail },
    request,
  );
  await expect(creating).rejects.toMatchObject({ kind: 'noSuchTenant' });
  expect((await signIn()).status).toBe(200);
});

test('a rename that outlives its tenant takes none either', async () => {
  await api.seedTenant();
  const { id } = await api.seedProfile({ username: 'bea' });
  const fields = { enabled: none, password: none, role: none, attributes: none, email: none, attributesToReturn: none };
  const request = await requestOf({ id, username: 'anna', ...fields });
  const overtaken = overtakenBy(makeAnew, storeIdentity);
  const deps = { findProfile, findTenant, settleProfile, updateProfile, storeIdentity: overtaken };
  await expect(update(deps, request)).rejects.toMatchObject({ kind: 'noSuchProfile' });
  expect((await signIn()).status).toBe(200);
});

test('a username left over from an earlier tenant is free for a rename, too', async () => {
  await api.seedTenant();
  await api.seedProfile({ username: 'left' });
  await api.seedTenant();
  const { id } = await api.seedProfile();
  const { status, body } = await post(`/profile/${id}/update`, { username: 'left' });
  expect([status, body.username]).toEqual([200, 'left']);
});
