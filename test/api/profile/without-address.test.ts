import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { accessTokenId, forms, getter, gist, type People, seedPeople, shown } from './lists/people.ts';

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi();
});
afterAll(() => api.stop());

const post = (path: string, form: Readonly<Record<string, string>>) =>
  api.request('POST', path, { form: { accessTokenId, ...form } });
const itemOf = async (id: string) =>
  (await api.items('profiles')).find(({ pk, sk }) => pk === `PROFILE#${id}` && sk === 'PROFILE');

/** Made between those of `seedPeople`. */
const made = { nil: 1_500_000_000_003, blank: 1_500_000_000_000 };

describe.each(forms)('%s', (form) => {
  let people: People;
  let nil: Profile;
  beforeAll(async () => {
    people = await seedPeople(api, form);
    const ofAcme = { tenant: 'acme', shard: people.bob.shard };
    nil = await api.seedProfile({ ...ofAcme, username: 'nil', email: null, createdAtMs: made.nil });
    await api.seedProfile({ ...ofAcme, username: 'blank', email: '', createdAtMs: made.blank });
  });

  const range = getter(() => api, '/profile/range');
  const byQuery = getter(() => api, '/profile/by_query');
  const countByQuery = getter(() => api, '/profile/count_by_query');

  test('a profile without an e-mail address shows null, an empty one stays empty', async () => {
    const { status, body } = await api.request('GET', `/profile/${nil.id}`, { query: { accessTokenId } });
    expect([status, body]).toEqual([200, shown(nil)]);
    expect(body.email).toBeNull();
    expect((await byQuery({ query: "{username: 'blank'}" })).body[0].email).toBe('');
    expect(await itemOf(nil.id)).not.toHaveProperty('email');
  });

  test.each([
    [{ sortOrder: 'ASC' }, ['nil', 'blank', 'Dan', 'ada', 'bob', 'cyd']],
    [{ sortOrder: 'DESC' }, ['cyd', 'bob', 'ada', 'Dan', 'blank', 'nil']],
    [{ sortOrder: 'ASC', count: '1' }, ['nil']],
    [{ sortOrder: 'ASC', start: '1', count: '2' }, ['blank', 'Dan']],
    [{ sortOrder: 'DESC', start: '4' }, ['blank', 'nil']],
  ])('a range by e-mail with %j answers %j', async (options, found) => {
    expect(gist(await range({ sortBy: 'email', ...options }))).toEqual(found);
    expect(gist(await byQuery({ query: '{}', sortBy: 'email', ...options }))).toEqual(found);
  });

  test.each(['ASC', 'DESC'])('pages by e-mail, %s, have each profile once', async (sortOrder) => {
    const names: string[] = [];
    let cursor: string | undefined = '';
    while (cursor !== undefined && names.length < 10) {
      const query = { accessTokenId, tenantName: 'acme', sortBy: 'email', sortOrder, count: '1', cursor };
      const { body, headers } = await api.request('GET', '/profile/range', { query });
      names.push(...body.map(({ username }: Profile) => username));
      cursor = new URLSearchParams(/^<\?(.*)>/.exec(headers.get('link') ?? '')?.[1]).get('cursor') ?? undefined;
    }
    const inOrder = ['nil', 'blank', 'Dan', 'ada', 'bob', 'cyd'];
    expect(names).toEqual(sortOrder === 'ASC' ? inOrder : inOrder.reverse());
  });

  test.each([
    ['{email: null}', ['nil']],
    ["{email: ''}", ['blank']],
    ['{email: {$exists: false}}', ['nil']],
    ['{email: {$exists: true}}', ['blank', 'cyd', 'ada', 'Dan', 'bob']],
    ['{email: {$ne: null}}', ['blank', 'cyd', 'ada', 'Dan', 'bob']],
    ["{email: {$ne: 'ada@example.com'}}", ['blank', 'cyd', 'Dan', 'nil', 'bob']],
    ["{email: {$in: [null, 'ada@example.com']}}", ['ada', 'nil']],
    ["{email: {$nin: [null, '']}}", ['cyd', 'ada', 'Dan', 'bob']],
    ["{email: {$lt: 'b'}}", ['blank', 'ada', 'Dan']],
    ["{email: {$regex: '.*'}}", ['blank', 'cyd', 'ada', 'Dan', 'bob']],
    ["{email: 'null'}", []],
    ["{email: null, username: 'nil'}", ['nil']],
  ])('%s finds %j', async (query, found) => {
    expect(gist(await byQuery({ query }))).toEqual(found);
    expect((await countByQuery({ query })).body).toBe(found.length);
  });
});

test('a change of anything else leaves it without an address', async () => {
  const { id } = await api.seedProfile({ email: null });
  for (const form of [{ enabled: 'false' }, { email: '' }, { username: 'renamed', password: 'new' }]) {
    const { status, body } = await post(`/profile/${id}/update`, form);
    expect([status, body.email]).toEqual([200, null]);
  }
  expect(await itemOf(id)).not.toHaveProperty('emailKey');
});

test('it gets its first address by an update, is found by it, and what was mailed before is dead', async () => {
  const { id, tenant: tenantName } = await api.seedProfile({ email: null });
  const { status, body } = await post(`/profile/${id}/update`, { email: 'First@example.org' });
  expect([status, body.email]).toEqual([200, 'First@example.org']);
  expect(await itemOf(id)).toMatchObject({ email: 'First@example.org', emailEpoch: 1 });
  const found = async (query: string) =>
    gist(
      await getter(() => api, '/profile/by_query')({ tenantName, query: `{email: ${query}, _id: {$oid: '${id}'}}` }),
    );
  expect([await found("'First@example.org'"), await found('null')]).toEqual([[body.username], []]);
});

test('with a new password and an address at once', async () => {
  const { id } = await api.seedProfile({ email: null });
  const { status, body } = await post(`/profile/${id}/update`, { email: 'a@b', password: 'new', username: 'other' });
  expect([status, body.email, body.username]).toEqual([200, 'a@b', 'other']);
});

test('no password can be reset by mail: 400, as for an address that is empty', async () => {
  for (const email of [null, '']) {
    const { id } = await api.seedProfile({ email });
    const form = { resetPasswordUrl: 'https://app.example.com/reset' };
    const { status, body } = await post(`/profile/${id}/reset_password`, form);
    const message = '"" is not a valid e-mail address';
    expect([status, body]).toEqual([400, { errorCode: 'INVALID_EMAIL_ADDRESS', message }]);
  }
  expect([api.mails, await api.items('tokens').then((all) => all.filter(({ sk }) => sk === 'TOKEN'))]).toEqual([
    [],
    [],
  ]);
});
