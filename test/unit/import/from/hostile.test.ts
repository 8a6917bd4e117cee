import type { JsonObject, JsonValue } from '../../../../functions/shared/domain/values/json.ts';
import { type SourceKind, sourceKinds } from '../../../../lib/import/read/source.ts';
import { kindsOf, takeSamples, takeUsers } from '../../../support/foreign-users.ts';

const ann = { user_id: 'auth0|1', email: 'ann@example.org' };
const takeOne = (more: JsonObject) => takeUsers('auth0', [{ ...ann, ...more }]);

test.each([
  ['a.b', 'a_b'],
  ['a,b', 'a_b'],
  ['$where', 'where'],
  [' $ x ', 'x'],
  ['', 'unnamed'],
  ['$', 'unnamed'],
  ['__proto__', 'proto'],
])('an attribute %j, which nobody could define, is taken as %j, and told', async (name, taken) => {
  const user_metadata: JsonObject = Object.fromEntries([[name, 'value']]);
  const result = await takeOne({ user_metadata });
  expect(result.profiles.get('ann@example.org')?.attributes).toEqual({ auth0Id: 'auth0|1', [taken]: 'value' });
  expect(kindsOf(result)).toContain('user_metadata: an attribute got another name: nobody could define the one it had');
});

test.each(['constructor', 'toString', 'hasOwnProperty', 'emoji 🌻', 'password'])(
  'an attribute %j is one like the others',
  async (name) => {
    const result = await takeOne({ user_metadata: { [name]: { [name]: null } } });
    expect(result.profiles.get('ann@example.org')?.attributes).toEqual({
      auth0Id: 'auth0|1',
      [name]: { [name]: null },
    });
  },
);

test('a name of more than 255 bytes is left out, and told', async () => {
  const result = await takeOne({ user_metadata: { ['x'.repeat(256)]: 1, kept: 2 } });
  expect(result.profiles.get('ann@example.org')?.attributes).toEqual({ auth0Id: 'auth0|1', kept: 2 });
  expect(kindsOf(result)).toContain('user_metadata: an attribute with a name of more than 255 bytes was left out');
});

test('of attributes that come to one name, none takes the place of another', async () => {
  const result = await takeOne({
    given_name: 'Ann',
    user_metadata: { firstName: 'Anna', same: 1, 'x.y': 1 },
    app_metadata: { firstName: 'Anne', same: 1, 'x,y': 2 },
  });
  expect(result.profiles.get('ann@example.org')?.attributes).toEqual({
    auth0Id: 'auth0|1',
    firstName: 'Ann',
    user_metadata_firstName: 'Anna',
    app_metadata_firstName: 'Anne',
    same: 1,
    x_y: 2,
    user_metadata_x_y: 1,
  });
});

test('a user with very large metadata is handed on whole', async () => {
  const user_metadata = { notes: 'x'.repeat(1_000_000) };
  const { profiles } = await takeOne({ user_metadata });
  expect(profiles.get('ann@example.org')?.attributes).toMatchObject(user_metadata);
});

const odd: readonly JsonValue[] = [null, 0, -1, 1e308, true, '', 'x', '🌻', [], [[]], [null], {}, { a: 1 }, ['a', 1]];

test.each(sourceKinds)(
  'whatever values the fields of %s have, each user is taken, left out, or told why not',
  async (kind) => {
    const files = {
      keycloak: 'keycloak-realm.json',
      auth0: 'auth0-users.ndjson',
      firebase: 'firebase-users.json',
      cognito: 'cognito-list-users.json',
      kratos: 'kratos-identities.json',
      gotrue: 'gotrue-users.ndjson',
    };
    expect((await takeSamples([files[kind]])).profiles.size).toBeGreaterThan(0);
    const names = new Set([...fieldsOf[kind], 'id', 'email', 'username']);
    const users = [...names].flatMap((name) => odd.map((value): JsonObject => ({ ...base[kind], [name]: value })));
    const taken = await takeUsers(kind, users, { makeDefinitions: true });
    const left = Object.values(taken.leftOut).reduce((sum, count) => sum + count, 0);
    expect(taken.oddities.length).toBeGreaterThan(0);
    expect(taken.unreadable.length).toBeGreaterThan(0);
    for (const { field, reason } of taken.unreadable)
      expect([typeof field, reason]).toEqual(['string', expect.any(String)]);
    expect(left + taken.unreadable.length).toBeLessThan(users.length);
  },
);

/** A user that is taken, of each store. */
const base: Readonly<Record<(typeof sourceKinds)[number], JsonObject>> = {
  keycloak: { username: 'u', credentials: [] },
  auth0: ann,
  firebase: { localId: 'l', email: 'a@example.org' },
  cognito: { Username: 'u', Attributes: [] },
  kratos: { traits: { email: 'a@example.org' } },
  gotrue: { email: 'a@example.org', raw_user_meta_data: {} },
};

const fieldsOf: Readonly<Record<(typeof sourceKinds)[number], readonly string[]>> = {
  keycloak: [
    ...['enabled', 'emailVerified', 'createdTimestamp', 'attributes', 'credentials', 'realmRoles', 'clientRoles'],
    ...['groups', 'firstName', 'federatedIdentities', 'requiredActions', 'serviceAccountClientId'],
  ],
  auth0: [
    ...['user_id', 'email_verified', 'blocked', 'app_metadata', 'user_metadata', 'identities', 'identifiers', 'name'],
    ...['created_at', 'updated_at', 'passwordHash', 'phone_number'],
  ],
  firebase: [
    ...['localId', 'emailVerified', 'disabled', 'customAttributes', 'providerUserInfo', 'createdAt', 'passwordHash'],
    ...['salt', 'mfaInfo', 'displayName', 'phoneNumber'],
  ],
  cognito: [
    'Username',
    'Attributes',
    'Enabled',
    'UserStatus',
    'UserCreateDate',
    'groups',
    'cognito:mfa_enabled',
    'sub',
  ],
  kratos: [
    ...['traits', 'state', 'verifiable_addresses', 'metadata_public', 'metadata_admin', 'credentials', 'created_at'],
    'updated_at',
  ],
  gotrue: [
    ...['role', 'encrypted_password', 'email_confirmed_at', 'confirmed_at', 'raw_app_meta_data', 'raw_user_meta_data'],
    ...['created_at', 'updated_at', 'banned_until', 'deleted_at', 'is_anonymous', 'phone'],
  ],
};

test('a time that is none is told by its field, and without its value', async () => {
  const { unreadable } = await takeOne({ created_at: '24/05/2017' });
  expect(unreadable).toEqual([
    { file: 'users.json', at: 'line 1', number: 1, field: 'created_at', reason: 'is no time' },
  ]);
});

test('what is hidden in a text of JSON is held to the same bounds', async () => {
  const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
  const users = [`{"x":1,"full_name":${deep}}`, `{"phone":${deep}}`, '{"x":"\\ud800"}', '{"fine":1}'];
  const taken = await takeUsers(
    'gotrue',
    users.map((raw_user_meta_data, at) => ({ email: `${at}@example.org`, phone: '1', raw_user_meta_data })),
  );
  expect([...taken.profiles.keys()]).toEqual(['3@example.org']);
  expect(taken.unreadable.map(({ reason }) => reason)).toEqual([
    'What is in "raw_user_meta_data" is nested deeper than 100 levels',
    'What is in "raw_user_meta_data" is nested deeper than 100 levels',
    'What is in "raw_user_meta_data" holds ill-formed Unicode',
  ]);
});

test('a row of CSV has lists, objects and flags in texts, and empty texts for nothing', async () => {
  const row = {
    ...{ email: 'ann@example.org', email_verified: 'TRUE', blocked: '', identifiers: '', user_metadata: '{"a":1}' },
    ...{ identities: '[{"provider":"google-oauth2"}]', app_metadata: '', created_at: '', name: '' },
  };
  const taken = await takeUsers('auth0', [{ user_id: 'auth0|1', ...row }]);
  expect(taken.profiles.get('ann@example.org')).toEqual({
    username: 'ann@example.org',
    email: 'ann@example.org',
    tenant: 'corporate',
    verified: true,
    enabled: true,
    roles: [],
    attributes: { auth0Id: 'auth0|1', a: 1 },
  });
  expect(kindsOf(taken)).toEqual([
    'identities: a link to a social or company login was left behind',
    'password: a user came without a password: the files have none for it',
  ]);
});

test.each<[SourceKind, JsonObject]>([
  ['auth0', { ...ann, user_metadata: { plan: 'gold' }, app_metadata: { plan: 'free' } }],
  ['gotrue', { email: ann.email, raw_user_meta_data: { plan: 'gold' }, raw_app_meta_data: { plan: 'free' } }],
  ['kratos', { traits: { email: ann.email, plan: 'gold' }, metadata_public: { plan: 'free' } }],
])('what a user of %s writes takes no attribute that an application writes', async (kind, user) => {
  const { profiles } = await takeUsers(kind, [user]);
  expect(profiles.get(ann.email)?.attributes).toMatchObject({ plan: 'free' });
});

test('a user of Kratos takes no name by a trait that it does not sign in with', async () => {
  const credentials = { password: { identifiers: ['mallory@example.org'] } };
  const mallory = { traits: { email: 'mallory@example.org', username: 'ann@example.org' }, credentials };
  const { profiles } = await takeUsers('kratos', [mallory, { traits: { username: 'cem' } }]);
  expect([...profiles.keys()]).toEqual(['mallory@example.org', 'cem']);
});

test('an attribute of a user of Keycloak does not stand for its groups', async () => {
  const user = { username: 'ann', groups: ['/staff'], attributes: { groups: ['/admins'] } };
  const { profiles } = await takeUsers('keycloak', [user]);
  expect(profiles.get('ann')?.attributes).toMatchObject({ groups: ['/staff'], attributes_groups: '/admins' });
});
