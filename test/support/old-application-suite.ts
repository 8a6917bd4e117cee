import type { Profile } from '../../functions/shared/domain/profile/profile.ts';
import { type LocalApi, startLocalApi } from './local-api.ts';
import { generations, type OldClient, oldClient, shapes, tenantShape } from './old-client.ts';
import { seedOldWorld, text } from './old-client-suite.ts';
import {
  askForReset,
  createThroughProxy,
  openPage,
  rememberMe,
  resetPassword,
  signIn,
  signInThroughSocial,
} from './old-clients.ts';

const unknownId = '5a0000000000000000000000';

/** What applications do with the clients of these versions, on the wire line that is theirs (contract 11). */
export function oldApplicationSuite(versions: keyof typeof generations): void {
  const generation = generations[versions];
  let api: LocalApi;
  let client: OldClient;
  let zoe: Profile;

  beforeAll(async () => {
    api = await startLocalApi({ env: { WIRE_LINE: generation.line } });
  });
  beforeEach(async () => {
    api.mails.length = 0;
    ({ client, zoe } = await seedOldWorld(api, versions));
  });
  afterAll(() => api.stop());

  const mailedToken = () => /tokenId=([0-9a-f-]+)">/.exec(api.mails.at(-1)?.html ?? '')?.[1] ?? '';

  describe('a forgotten password', () => {
    test('is another one after the link was followed, once', async () => {
      expect(await askForReset(client, 'beta', 'zoe')).toBe(true);
      const token = mailedToken();
      expect((await resetPassword(client, token, 'second'))?.id).toBe(zoe.id);
      expect(await resetPassword(client, token, 'third')).toBeUndefined();
      expect(await signIn(client, ['acme', 'beta'], 'zoe', 'right')).toBeUndefined();
      expect((await signIn(client, ['acme', 'beta'], 'zoe', 'second'))?.profile?.id).toBe(zoe.id);
    });

    test('signs out quietly whoever was signed in', async () => {
      const page = await signIn(client, ['beta'], 'zoe', 'right');
      if (page === undefined) throw new Error('zoe is not signed in');
      const { cookies } = await rememberMe(client, page);
      await askForReset(client, 'beta', 'zoe');
      await resetPassword(client, mailedToken(), 'second');
      expect(await openPage(client, cookies)).toEqual({ profile: undefined, cookies: {} });
    });

    test.each(['beta', 'none'])('of a user that tenant %s has not is no error, and no mail', async (tenantName) => {
      expect(await askForReset(client, tenantName, 'nobody')).toBe(false);
      expect(api.mails).toEqual([]);
    });
  });

  describe('Social', () => {
    const form = { tenantName: 'beta', password: 'x', email: 'z@example.com', enabled: 'true' };

    test('makes a profile through its proxy, with text as it is sent', async () => {
      const attributes = JSON.stringify({ company: text });
      const made = await createThroughProxy(client, { ...form, username: `new-${versions}`, attributes });
      expect(made).toMatchObject({ tenant: 'beta', attributes: { company: text } });
    });

    test('hears of a name that is taken in the way of its line', async () => {
      const creating = createThroughProxy(client, { ...form, username: 'zoe' });
      if (generation.line === '3.0') expect(await creating).toBeUndefined();
      else await expect(creating).rejects.toThrow('409 PROFILE_EXISTS');
    });

    test('saves all attributes at each of ten sign-ins, and none of them changes', async () => {
      const before = await client.get(shapes.attributes, `/profile/${zoe.id}/attributes`);
      for (let time = 0; time < 10; time++) {
        const page = await signInThroughSocial(client, 'beta', 'zoe');
        expect([page?.profile.attributes, before.company]).toEqual([before, text]);
      }
      expect(await signInThroughSocial(client, 'beta', 'nobody')).toBeUndefined();
    });
  });

  test('nothing is nothing, of whatever kind', async () => {
    const nothing = { tenantName: 'beta', username: 'nobody', query: '{username: "nobody"}' };
    const found = await Promise.all([
      client.find(shapes.profile, `/profile/${unknownId}`),
      client.find(shapes.profile, '/profile/no-object-id'),
      client.find(shapes.profile, '/profile/by_username', nothing),
      client.find(shapes.profile, '/profile/one_by_query', nothing),
      client.find(shapes.verificationToken, '/profile/verification_token/none'),
      client.find(shapes.ticket, '/authentication/ticket/none'),
      client.find(shapes.login, '/authentication/persistent_login/none'),
      client.find(tenantShape(client), '/tenant/none'),
      client.find(shapes.number, '/access_token/none'),
    ]);
    expect(found).toEqual(Array(9).fill(undefined));
  });

  test.each([
    ['', '401 MISSING_ACCESS_TOKEN_ID_PARAM', '403 ACCESS_DENIED'],
    ['expired', '403 EXPIRED_ACCESS_TOKEN', '403 ACCESS_DENIED'],
    ['none', '403 NO_SUCH_ACCESS_TOKEN_ID', '403 NO_SUCH_ACCESS_TOKEN_ID'],
  ])('access token "%s" is refused in words that it knows', async (accessTokenId, onOldest, later) => {
    await api.seedAccessToken({ id: 'expired', expiresOnMs: Date.parse('2024-01-01T00:00:00Z') });
    const refused = oldClient(api, generation, accessTokenId);
    const words = generation.line === '3.0' ? onOldest : later;
    await expect(signIn(refused, ['beta'], 'zoe', 'right')).rejects.toThrow(words);
    await expect(openPage(refused, { ticket: 'any' })).rejects.toThrow(words);
  });
}
