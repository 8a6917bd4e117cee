import * as updateProfile from '../../../functions/profile/update-profile.ts';
import * as verifyProfile from '../../../functions/profile/verify-profile.ts';
import { wireLines } from '../../../functions/shared/config/wire-line.ts';
import { jsonTextOf } from '../../../functions/shared/domain/values/json-text.ts';
import { asApp } from '../../support/as-app.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { overtakenBy } from '../../support/overtaken.ts';
import { seedVerificationToken } from '../../support/sessions.ts';

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken();
  await api.seedTenant();
});
afterAll(() => api.stop());

const { post, get } = asApp(() => api);
const none = undefined;
const requestOf = async <Parameters, Settings>(parameters: Parameters, settings: Settings) => ({
  caller: Promise.resolve(await api.seedAccessToken()),
  parameters,
  body: undefined,
  files: new Map(),
  query: [],
  settings,
});

/** An update with a new username; `meanwhile` happens after the profile was read. */
async function rename(id: string, meanwhile: () => Promise<unknown>) {
  const fields = { password: none, email: none, enabled: none, role: none, attributes: none, attributesToReturn: none };
  const request = await requestOf({ id, username: `renamed ${id}`, ...fields }, { wireLine: wireLines['3.1'] });
  const { dependencies } = updateProfile;
  return updateProfile.handle(
    { ...dependencies, storeIdentity: overtakenBy(meanwhile, dependencies.storeIdentity) },
    request,
  );
}

async function verify(verificationTokenId: string, meanwhile: () => Promise<unknown>) {
  const parameters = { verificationTokenId, attributesToReturn: none };
  const request = await requestOf(parameters, { verificationTokenAgeSeconds: 900 });
  const { dependencies } = verifyProfile;
  return verifyProfile.handle(
    { ...dependencies, redeemToken: overtakenBy(meanwhile, dependencies.redeemToken) },
    request,
  );
}

test.each([
  ['a role', (id: string) => post(`/profile/${id}/roles/add`, { role: 'B' })],
  ['another address', (id: string) => post(`/profile/${id}/update`, { email: 'b@example.org' })],
  ['a disable and an enable', (id: string) => post(`/profile/${id}/disable`).then(() => post(`/profile/${id}/enable`))],
  ['another username', (id: string) => post(`/profile/${id}/update`, { username: `other ${id}` })],
])('the answer to a rename that %s overtook is what is stored, and later than that', async (_, happen) => {
  const { id } = await api.seedProfile({ roles: ['A'] });
  let before = 0;
  const answer = await rename(id, async () => {
    before = (await happen(id)).body.lastModified ?? (await get(`/profile/${id}`)).body.lastModified;
  });
  expect(JSON.parse(jsonTextOf(answer))).toEqual((await get(`/profile/${id}`)).body);
  expect(answer.username).toBe(`renamed ${id}`);
  expect(answer.lastModified).toBeGreaterThan(before);
});

test('the answer to a verification that a role overtook is what is stored', async () => {
  const profile = await api.seedProfile({ roles: ['A'] });
  const { id: token } = await seedVerificationToken(profile);
  const answer = await verify(token, () => post(`/profile/${profile.id}/roles/add`, { role: 'B' }));
  expect(JSON.parse(jsonTextOf(answer))).toEqual((await get(`/profile/${profile.id}`)).body);
  expect([answer.verified, answer.roles.length]).toEqual([true, 2]);
});

test('fifty changes at once, renames among them: every answer has another time, none is later than what is stored', async () => {
  const { id } = await api.seedProfile();
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      n % 10 === 0
        ? post(`/profile/${id}/update`, { username: `n${n}` })
        : post(`/profile/${id}/roles/add`, { role: `R${n}` }),
    ),
  );
  const times: readonly number[] = answers.map(({ body }) => body.lastModified);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(new Set(times).size).toBe(50);
  const { body } = await get(`/profile/${id}`);
  expect([body.roles.length, body.lastModified]).toEqual([45, Math.max(...times)]);
});

test('a change by a clock that is behind is later than the one before it', async () => {
  const ahead = Date.now() + 5000;
  const { id } = await api.seedProfile({ lastModifiedMs: ahead });
  const paths = ['roles/add', 'roles/remove', 'enable', 'disable', 'update'];
  const times: number[] = [];
  for (const path of paths) times.push((await post(`/profile/${id}/${path}`, { role: 'A' })).body.lastModified);
  times.push((await post(`/profile/${id}/update`, { password: 'new' })).body.lastModified);
  expect(times).toEqual([1, 2, 3, 4, 5, 6].map((n) => ahead + n));
  expect((await get(`/profile/${id}`)).body.lastModified).toBe(ahead + 6);
});
