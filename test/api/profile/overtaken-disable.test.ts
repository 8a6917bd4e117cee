import { handle } from '../../../functions/profile/disable-profile.ts';
import { settleProfile, updateProfile } from '../../../functions/shared/repositories/profile-writes.ts';
import { findProfile } from '../../../functions/shared/repositories/profiles.ts';
import { findTenant } from '../../../functions/shared/repositories/tenants.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;
const accessTokenId = 'app-token';

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
});
afterAll(() => api.stop());

const post = (path: string, form: Record<string, string> = {}) =>
  api.request('POST', path, { form: { accessTokenId, ...form } });
const isLive = async (ticketId: string) =>
  (await api.request('GET', `/authentication/ticket/${ticketId}`, { query: { accessTokenId } })).status === 200;

/** Disables a profile; `meanwhile` happens after it was read. */
async function disable(id: string, meanwhile: () => Promise<unknown>) {
  let done = false;
  const overtaken: typeof updateProfile = async (...args) => {
    if (!done) await meanwhile();
    done = true;
    return updateProfile(...args);
  };
  const caller = await api.seedAccessToken();
  const parameters = { id, attributesToReturn: undefined };
  const request = { caller: Promise.resolve(caller), parameters, body: undefined, files: new Map(), settings: {} };
  return handle({ findProfile, findTenant, settleProfile, updateProfile: overtaken }, request);
}

test('a disable that another one and a new session overtook ends that session for good', async () => {
  const { id } = await api.seedProfile();
  let ticketId = '';
  const answer = await disable(id, async () => {
    await post(`/profile/${id}/disable`);
    await post(`/profile/${id}/enable`);
    ticketId = (await post('/authentication/ticket/create', { profileId: id })).body.id;
    expect(await isLive(ticketId)).toBe(true);
  });
  expect(answer.enabled).toBe(false);
  await post(`/profile/${id}/enable`);
  expect(await isLive(ticketId)).toBe(false);
});

test('any number of disables at once are all carried out', async () => {
  const { id, disableEpoch } = await api.seedProfile();
  const answers = await Promise.all(Array.from({ length: 20 }, () => post(`/profile/${id}/disable`)));
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect((await findProfile(id))?.disableEpoch).toBe(disableEpoch + 20);
});
