import type { Profile } from '../../functions/shared/domain/profile/profile.ts';
import { asAttributes } from './attributes.ts';
import { definition } from './definitions.ts';
import { type LocalApi, startLocalApi } from './local-api.ts';
import { generations, type OldClient, oldClient, shapes, tenantShape } from './old-client.ts';
import {
  listUsers,
  openPage,
  rememberMe,
  saveRoles,
  saveTenant,
  searchUsers,
  signIn,
  signInToConsole,
  signOut,
  validateTicket,
} from './old-clients.ts';

/** Text that a server which cleanses changes, once more at each save. */
export const text = 'Zoë & Co';
const attributes = { company: text, tags: ['<a>', 'ü'], visits: 3 };
const definitions = Object.entries({ company: 'TEXT', tags: 'STRING_LIST', visits: 'NUMBER' }).map(([name, type]) =>
  definition(name, { metadata: { label: name, type, displayOrder: 0 } }),
);

/** Two tenants, the second with the users zoe and blocked, and the client of an application that may do everything. */
export async function seedOldWorld(api: LocalApi, versions: keyof typeof generations) {
  const generation = generations[versions];
  await api.seedAccessToken({ id: 'console', application: 'profile-admin', master: true });
  await api.seedTenant({ name: 'acme' });
  // Cleansing is off where the client knows it; where it does not, what is stored must not count.
  const cleansing = { cleanseAttributes: !generation.cleansing };
  await api.seedTenant({ name: 'beta', availableRoles: ['R'], attributeDefinitions: definitions, ...cleansing });
  const stored = asAttributes(Object.entries(attributes));
  const zoe = await api.seedProfile({ tenant: 'beta', username: 'zoe', password: 'right', attributes: stored });
  await api.seedProfile({ tenant: 'beta', username: 'blocked', password: 'right', enabled: false });
  return { client: oldClient(api, generation, 'console'), zoe };
}

/** What users and administrators do with the clients of these versions, on the wire line that is theirs (contract 11). */
export function oldClientSuite(versions: keyof typeof generations): void {
  let api: LocalApi;
  let client: OldClient;
  let zoe: Profile;

  beforeAll(async () => {
    api = await startLocalApi({ env: { WIRE_LINE: generations[versions].line } });
  });
  beforeEach(async () => {
    ({ client, zoe } = await seedOldWorld(api, versions));
  });
  afterAll(() => api.stop());

  const signedIn = async () => {
    const page = await signIn(client, ['beta'], 'zoe', 'right');
    if (page === undefined) throw new Error('zoe is not signed in');
    return page;
  };

  describe('a console', () => {
    test('finds the tenant that knows who signs in', async () => {
      const page = await signInToConsole(client, 'zoe', 'right');
      expect(page?.profile).toMatchObject({ id: zoe.id, tenant: 'beta', attributes });
    });

    test.each([
      ['zoe', 'wrong'],
      ['nobody', 'right'],
    ])('refuses %s with a password that is %s', async (username, password) => {
      expect(await signInToConsole(client, username, password)).toBeUndefined();
    });

    test('shows why a disabled user is refused', async () => {
      await expect(signInToConsole(client, 'blocked', 'right')).rejects.toThrow('403 DISABLED_PROFILE');
    });

    test('saves a user ten times, and changes nothing but the roles', async () => {
      for (let save = 1; save <= 10; save++) {
        const saved = await saveRoles(client, zoe.id, ['R', `R${save}`]);
        expect([saved.attributes, [...saved.roles].sort()]).toEqual([{}, ['R', `R${save}`].sort()]);
      }
      const read = await client.find(shapes.profile, `/profile/${zoe.id}`);
      expect(read).toMatchObject({ username: 'zoe', email: zoe.email, enabled: true, attributes });
      expect(await signInToConsole(client, 'zoe', 'right')).toBeDefined();
    });

    test('saves a tenant ten times, and changes nothing but its roles', async () => {
      const shape = tenantShape(client);
      const before = await client.get(shape, '/tenant/beta');
      for (let save = 1; save <= 10; save++) await saveTenant(client, 'beta', ['R', `R${save}`]);
      const after = await client.get(shape, '/tenant/beta');
      expect({ ...after, availableRoles: [...after.availableRoles].sort() }).toEqual({
        ...before,
        availableRoles: ['R', 'R10'],
      });
      const item = (await api.items('profiles')).find(({ pk, sk }) => pk === 'TENANT' && sk === 'beta');
      expect(item?.cleanseAttributes).toBe(!client.generation.cleansing);
    });

    test('lists the users of a tenant page by page, and searches them', async () => {
      await api.seedTenant({ name: 'listed' });
      for (const username of ['Cy', 'ann', 'bob', 'cyd', 'dan']) await api.seedProfile({ tenant: 'listed', username });
      const pages = [0, 1, 2, 3].map((page) => listUsers(client, 'listed', page, 2));
      const shown = (await Promise.all(pages)).map(({ total, users }) => [total, users.map((user) => user.username)]);
      expect(shown).toEqual([
        [5, ['Cy', 'ann']],
        [5, ['bob', 'cyd']],
        [5, ['dan']],
        [5, []],
      ]);
      const found = await searchUsers(client, 'listed', 'cy');
      expect([found.total, found.users.map((user) => user.username)]).toEqual([2, ['Cy', 'cyd']]);
      expect(await searchUsers(client, 'listed', 'none')).toEqual({ total: 0, users: [] });
      expect(await listUsers(client, 'none', 0, 2)).toEqual({ total: 0, users: [] });
    });
  });

  describe('a login library', () => {
    const nobody = { profile: undefined, cookies: {} };

    test('knows by the ticket who asks for a page, with all that the profile has', async () => {
      const { cookies } = await signedIn();
      const page = await openPage(client, cookies);
      expect(page).toMatchObject({ profile: { id: zoe.id, attributes }, cookies });
      expect(await validateTicket(client, cookies)).toMatchObject({ profileId: zoe.id, tenant: 'beta' });
    });

    test('takes a ticket that is gone for nobody', async () => {
      const { cookies } = await signedIn();
      await signOut(client, cookies);
      expect(await openPage(client, cookies)).toEqual(nobody);
      expect(await validateTicket(client, cookies)).toBeUndefined();
    });

    test('remembers who comes back without a ticket, with a new ticket and another token each time', async () => {
      const { cookies } = await rememberMe(client, await signedIn());
      const first = await openPage(client, { rememberMe: cookies.rememberMe });
      expect([first.profile?.id, first.cookies.rememberMe?.id]).toEqual([zoe.id, cookies.rememberMe?.id]);
      const second = await openPage(client, { ...first.cookies, ticket: 'gone' });
      const tokens = [cookies, first.cookies, second.cookies].map(({ rememberMe: cookie }) => cookie?.token);
      expect(new Set(tokens).size).toBe(3);
      expect((await openPage(client, second.cookies)).profile?.id).toBe(zoe.id);
    });

    test('ends the login whose cookie somebody else has used', async () => {
      const { rememberMe: cookie } = (await rememberMe(client, await signedIn())).cookies;
      const thief = await openPage(client, { rememberMe: cookie });
      expect(await openPage(client, { rememberMe: cookie })).toEqual(nobody);
      expect(await openPage(client, { rememberMe: thief.cookies.rememberMe })).toEqual(nobody);
    });

    test('forgets a cookie whose login is gone, page after page', async () => {
      const cookie = { id: '11111111-2222-4333-8444-555555555555', profileId: zoe.id, token: 'any' };
      for (let page = 0; page < 3; page++) expect(await openPage(client, { rememberMe: cookie })).toEqual(nobody);
    });

    test('signs out of ticket and login, and again without harm', async () => {
      const { cookies } = await rememberMe(client, await signedIn());
      for (let time = 0; time < 2; time++) expect(await signOut(client, cookies)).toEqual({});
      expect(await openPage(client, cookies)).toEqual(nobody);
    });

    test('takes the cookies of a disabled user for nobody', async () => {
      const { cookies } = await rememberMe(client, await signedIn());
      await client.post(shapes.profile, `/profile/${zoe.id}/disable`);
      expect(await openPage(client, cookies)).toEqual(nobody);
    });
  });
}
