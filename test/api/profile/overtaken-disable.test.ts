import { handle } from '../../../functions/profile/disable-profile.ts';
import { settleProfile, updateProfile } from '../../../functions/shared/repositories/profile-writes.ts';
import { findProfile } from '../../../functions/shared/repositories/profiles.ts';
import { findTenant } from '../../../functions/shared/repositories/tenants.ts';
import { asApp } from '../../support/as-app.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { overtakenBy } from '../../support/overtaken.ts';

let api: LocalApi;
const accessTokenId = 'app-token';

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
});
afterAll(() => api.stop());

const { post, isLive } = asApp(() => api);

/** Disables a profile; `meanwhile` happens after it was read. */
async function disable(id: string, meanwhile: () => Promise<unknown>) {
  const caller = await api.seedAccessToken();
  const parameters = { id, attributesToReturn: undefined };
  const request = {
    caller: Promise.resolve(caller),
    parameters,
    body: undefined,
    files: new Map(),
    query: [],
    settings: {},
  };
  return handle(
    { findProfile, findTenant, settleProfile, updateProfile: overtakenBy(meanwhile, updateProfile) },
    request,
  );
}

test('a disable that another one and a new session overtook ends that session for good', async () => {
  const { id } = await api.seedProfile();
  let ticketId = '';
  const answer = await disable(id, async () => {
    await post(`/profile/${id}/disable`);
    await post(`/profile/${id}/enable`);
    ticketId = (await post('/authentication/ticket/create', { profileId: id })).body.id;
    expect(await isLive('ticket', ticketId)).toBe(true);
  });
  expect(answer.enabled).toBe(false);
  await post(`/profile/${id}/enable`);
  expect(await isLive('ticket', ticketId)).toBe(false);
});

test('any number of disables at once are all carried out', async () => {
  const { id, disableEpoch } = await api.seedProfile();
  const answers = await Promise.all(Array.from({ length: 20 }, () => post(`/profile/${id}/disable`)));
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect((await findProfile(id))?.disableEpoch).toBe(disableEpoch + 20);
});
