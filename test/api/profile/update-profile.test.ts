import { asApp } from '../../support/as-app.ts';
import { asAttributes } from '../../support/attributes.ts';
import { tokenThatMay } from '../../support/callers.ts';
import { allowing, definition } from '../../support/definitions.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;
const accessTokenId = 'app-token';
const now = 1_500_000_000_123;

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
  await api.seedTenant({
    attributeDefinitions: [
      definition('firstName', { metadata: { type: 'TEXT' } }),
      definition('prefs'),
      definition('secret', allowing('*', ['WRITE_ATTRIBUTE'])),
      definition('readOnly', allowing('*', ['READ_ATTRIBUTE'])),
    ],
  });
});
afterAll(() => api.stop());
afterEach(() => jest.restoreAllMocks());

type Form = Record<string, string | readonly string[]>;
const update = (id: string, form: Form, token = accessTokenId) =>
  api.request('POST', `/profile/${id}/update`, { form: { accessTokenId: token, ...form } });
const { readProfile, signIn } = asApp(() => api);

test('everything can be changed in one call', async () => {
  const { id, createdAtMs } = await api.seedProfile({
    username: 'mara',
    roles: ['A'],
    verified: true,
    lastModifiedMs: 1,
  });
  jest.spyOn(Date, 'now').mockReturnValue(now);
  const { status, body } = await update(id, {
    username: 'mara2',
    email: 'new@example.org',
    password: 'new',
    enabled: 'false',
    role: ['B', 'C'],
    attributes: '{"firstName":"<b>","prefs":{"a":1}}',
  });
  expect(status).toBe(200);
  const changed = {
    id,
    username: 'mara2',
    email: 'new@example.org',
    verified: true,
    enabled: false,
    createdOn: createdAtMs,
    lastModified: now,
    tenant: 'default',
    roles: ['B', 'C'],
    attributes: { firstName: '&lt;b&gt;', prefs: { a: 1 } },
  };
  expect({ ...body, roles: body.roles.sort() }).toEqual(changed);
  const stored = await readProfile(id);
  expect({ ...stored, roles: stored.roles.sort() }).toEqual(changed);
  expect(api.mails).toEqual([]);
});

test('what is not given or empty stays, but for lastModified', async () => {
  const attributes = asAttributes([['firstName', 'Mara']]);
  const profile = await api.seedProfile({ roles: ['A'], attributes, lastModifiedMs: 1 });
  const before = await readProfile(profile.id);
  jest.spyOn(Date, 'now').mockReturnValue(now);
  const empty = { username: '', password: '', email: '', enabled: '', attributes: '' };
  for (const [step, form] of [{}, empty].entries()) {
    const { status, body } = await update(profile.id, form);
    expect([status, body]).toEqual([200, { ...before, lastModified: now + step }]);
  }
});

test.each(['Bob <bob@example.com>', 'no address', ' a@b', 'a@'])(
  'the stored address %j given back is no change, though it would not be taken today',
  async (email) => {
    const { id } = await api.seedProfile({ email });
    const { status, body } = await update(id, { email, role: 'R', enabled: 'true' });
    expect([status, body.email, body.roles]).toEqual([200, email, ['R']]);
    expect((await update(id, { email, username: `of ${email}`, password: 'new' })).status).toBe(200);
    const another = await update(id, { email: `${email} ` });
    expect([another.status, another.body.errorCode]).toEqual([400, 'INVALID_EMAIL_ADDRESS']);
    expect((await readProfile(id)).email).toBe(email);
    expect((await update(id, { email: 'new@example.org' })).body.email).toBe('new@example.org');
  },
);

test('a stored address that is none tells a caller without permission nothing', async () => {
  const { id } = await api.seedProfile({ email: 'no address' });
  for (const email of ['no address', 'another']) {
    const { status, body } = await update(id, { email }, await tokenThatMay(api));
    expect([status, body.errorCode]).toEqual([400, 'INVALID_EMAIL_ADDRESS']);
    const stranger = await update(id, { email }, 'nobody');
    expect([stranger.status, stranger.body.errorCode]).toEqual([403, 'NO_SUCH_ACCESS_TOKEN_ID']);
  }
});

test('an empty list takes all roles away', async () => {
  const { id } = await api.seedProfile({ roles: ['A', 'B'] });
  expect((await update(id, { role: '' })).body.roles).toEqual([]);
  expect((await update(id, { role: 'C' })).body.roles).toEqual(['C']);
});

test('attributes are merged by name, whole values replaced, null left as it was', async () => {
  const attributes = asAttributes([['prefs', { a: 1, b: 2 }]]);
  const { id } = await api.seedProfile({ attributes });
  const merged = await update(id, { attributes: '{"firstName":null,"secret":"x","prefs":{"c":null,"d":[null]}}' });
  expect(merged.body.attributes).toEqual({ prefs: { d: [null] }, secret: 'x' });
  const untouched = await update(id, { attributes: '{"prefs":null}' });
  expect(untouched.body.attributes).toEqual({ prefs: { d: [null] } });
});

test('a null does not show the stored value of an attribute that the caller may not read', async () => {
  const { id } = await api.seedProfile({ attributes: asAttributes([['secret', 'hush']]) });
  expect((await update(id, { attributes: '{"secret":null}' })).body.attributes).toEqual({});
});

test('only the given attributes are cleansed, again at each write', async () => {
  const { id } = await api.seedProfile({ attributes: asAttributes([['firstName', '&']]) });
  expect((await update(id, { attributes: '{"prefs":"<"}' })).body.attributes).toEqual({ firstName: '&', prefs: '<' });
  expect((await update(id, { attributes: '{"firstName":"&amp;"}' })).body.attributes.firstName).toBe('&amp;amp;');
});

test('a new username serves at once, the old one is free', async () => {
  const { id } = await api.seedProfile({ username: 'before', password: 'old' });
  expect((await update(id, { username: 'after' })).status).toBe(200);
  expect([await signIn('before', 'old'), await signIn('after', 'old')]).toEqual([401, 200]);
  const other = await api.seedProfile();
  expect((await update(other.id, { username: 'before' })).status).toBe(200);
});

test('the same username again is no change', async () => {
  const { id } = await api.seedProfile({ username: 'same' });
  expect((await update(id, { username: 'same' })).body.username).toBe('same');
});

test('409 for a taken username, and nothing at all is changed', async () => {
  await api.seedProfile({ username: 'taken' });
  const { id } = await api.seedProfile({ username: 'other', password: 'old' });
  const before = await readProfile(id);
  const { status, body } = await update(id, { username: 'taken', password: 'new', email: 'x@example.org', role: 'R' });
  expect(status).toBe(409);
  expect(body).toEqual({ errorCode: 'PROFILE_EXISTS', message: 'A profile with username "taken" exists already' });
  expect(await readProfile(id)).toEqual(before);
  expect([await signIn('other', 'old'), await signIn('other', 'new')]).toEqual([200, 401]);
});

test('a new password ends every session and token', async () => {
  const { id } = await api.seedProfile({ username: 'reset', password: 'old' });
  const form = { accessTokenId, profileId: id };
  const ticket = (await api.request('POST', '/authentication/ticket/create', { form })).body.id;
  const login = (await api.request('POST', '/authentication/persistent_login/create', { form })).body.id;
  const token = (await api.request('POST', `/profile/${id}/verification_token/create`, { form })).body.id;
  await update(id, { password: 'new' });
  const statuses = await Promise.all(
    [
      `/authentication/ticket/${ticket}`,
      `/authentication/persistent_login/${login}`,
      `/profile/verification_token/${token}`,
    ].map(async (path) => (await api.request('GET', path, { query: { accessTokenId } })).status),
  );
  expect(statuses).toEqual([404, 404, 404]);
  expect([await signIn('reset', 'old'), await signIn('reset', 'new')]).toEqual([401, 200]);
});

test('disabling through update ends every session, for good', async () => {
  const { id } = await api.seedProfile();
  const form = { accessTokenId, profileId: id };
  const ticket = (await api.request('POST', '/authentication/ticket/create', { form })).body.id;
  await update(id, { enabled: 'off' });
  await update(id, { enabled: 'on' });
  const { status } = await api.request('GET', `/authentication/ticket/${ticket}`, { query: { accessTokenId } });
  expect(status).toBe(404);
});

describe('the order of the checks', () => {
  test('the access token comes before everything', async () => {
    const { status, body } = await update('none', { attributes: 'no json' }, 'stranger');
    expect([status, body.errorCode]).toEqual([403, 'NO_SUCH_ACCESS_TOKEN_ID']);
  });

  test('attributes, then the e-mail address, come before the profile', async () => {
    const attributes = await update('none', { attributes: '[]', email: 'a@' }, await tokenThatMay(api));
    expect([attributes.status, attributes.body.errorCode]).toEqual([400, 'PARAM_DESERIALIZATION_ERROR']);
    const email = await update('none', { email: 'a@' }, await tokenThatMay(api));
    expect([email.status, email.body.errorCode]).toEqual([400, 'INVALID_EMAIL_ADDRESS']);
  });

  test.each([
    ['{"undefined":1}', 400, 'ATTRIBUTE_NOT_DEFINED'],
    ['{"readOnly":1}', 403, 'ACTION_DENIED'],
    ['{"readOnly":null}', 403, 'ACTION_DENIED'],
    ['{"prefs.lang":"de"}', 400, 'ATTRIBUTE_NOT_DEFINED'],
  ])('attributes %s come before a taken username, and nothing is stored', async (attributes, status, errorCode) => {
    await api.seedProfile({ username: 'held' });
    const { id } = await api.seedProfile();
    const before = await readProfile(id);
    const answer = await update(id, { attributes, username: 'held', email: 'x@example.org' });
    expect([answer.status, answer.body.errorCode]).toEqual([status, errorCode]);
    expect(await readProfile(id)).toEqual(before);
  });
});

test.each([
  ['a flag that is none', { enabled: 'maybe' }],
  ['a username beyond 1,024 bytes', { username: 'ü'.repeat(513) }],
  ['more than an item holds', { attributes: JSON.stringify({ prefs: 'x'.repeat(420_000) }) }],
  [
    'more than an item holds, in a transaction',
    { username: 'big', attributes: JSON.stringify({ prefs: 'x'.repeat(420_000) }) },
  ],
])('400 for %s', async (_, form) => {
  const { id } = await api.seedProfile();
  const { status, body } = await update(id, form);
  expect(status).toBe(400);
  expect(body).toEqual({ errorCode: 'OTHER', message: expect.any(String) });
});
