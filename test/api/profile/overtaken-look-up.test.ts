import * as authenticate from '../../../functions/authentication/authenticate.ts';
import * as byUsername from '../../../functions/profile/get-profile-by-username.ts';
import { asApp } from '../../support/as-app.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken();
});
afterAll(() => api.stop());

const { post } = asApp(() => api);
const found = { tenantName: 'default', username: 'early' };
const settings = {
  ticketAgeSeconds: 900,
  lockThreshold: 8,
  delayThreshold: 2,
  renewPasswordHashes: true,
  lockMinutes: 10,
};

/** A request for a username whose profile is renamed as soon as the username was looked up, and the look-up with that. */
async function overtaken() {
  const { id } = await api.seedProfile({ username: 'early', password: 'right' });
  const caller = Promise.resolve(await api.seedAccessToken());
  const findUsername: typeof byUsername.dependencies.findUsername = async (...parameters) => {
    const owner = await byUsername.dependencies.findUsername(...parameters);
    expect((await post(`/profile/${id}/update`, { username: `late ${id}` })).status).toBe(200);
    return owner;
  };
  return { findUsername, request: { caller, body: undefined, files: new Map(), query: [] } };
}

test('a profile that is renamed while it is looked for is not found under its old name', async () => {
  const { findUsername, request } = await overtaken();
  const looking = byUsername.handle(
    { ...byUsername.dependencies, findUsername },
    { ...request, parameters: { ...found, attributesToReturn: undefined }, settings: {} },
  );
  await expect(looking).rejects.toMatchObject({ kind: 'noSuchProfile' });
});

test('nor is anybody signed in to it under that', async () => {
  const { findUsername, request } = await overtaken();
  const signingIn = authenticate.handle(
    { ...authenticate.dependencies, findUsername },
    { ...request, parameters: { ...found, password: 'right' }, settings },
  );
  await expect(signingIn).rejects.toMatchObject({ kind: 'badCredentials' });
});
