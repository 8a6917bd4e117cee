import { png } from '../../support/attachments.ts';
import { definition } from '../../support/definitions.ts';
import { type ApiRequest, type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;
let profileId: string;
const accessTokenId = 'app-token';
const query = { accessTokenId };

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  await api.seedAccessToken({ id: accessTokenId, master: true });
  await api.seedAccessToken({ id: 'caf\ufffd' });
  await api.seedTenant({ attributeDefinitions: [definition('firstName')] });
  const profile = await api.seedProfile({ username: 'mara', password: 'p\ufffd' });
  profileId = profile.id;
});
afterAll(() => api.stop());

/** A string of Latin-1 as the bytes of its characters. */
const bytes = (latin1: string) => new Uint8Array(Buffer.from(latin1, 'latin1'));
const withBytes = (contentType: string, latin1: string): ApiRequest => ({
  headers: { 'content-type': contentType },
  body: bytes(latin1),
});
const form = (latin1: string) => withBytes('application/x-www-form-urlencoded', latin1);
const json = (latin1: string) => withBytes('application/json', latin1);
const parts = (...texts: readonly string[]) =>
  withBytes(
    'multipart/form-data; boundary=b',
    `${texts.map((text) => `--b\r\nContent-Disposition: form-data; ${text}\r\n`).join('')}--b--\r\n`,
  );
const call = (path: string, request: ApiRequest) => api.request('POST', path, request);

/** Each is one that once became U+FFFD, or several. */
const illFormed = ['\xe9', '\xf0\x9f\x98', '\xed\xa0\x80', '\xc0\x80', '\xe2\x82', '\x80', '\xf4\x90\x80\x80'];
const escaped = (latin1: string) =>
  [...latin1].map((byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0')}`).join('');
const refusal = (name: string) => ({ errorCode: 'OTHER', message: `Parameter "${name}" holds ill-formed Unicode` });

test.each(illFormed.flatMap((text) => [text, escaped(text)]))('a password with %j signs nobody in', async (text) => {
  const credentials = `tenantName=default&username=mara&password=p${text}`;
  const answers = [
    await call('/authentication/authenticate', form(`accessTokenId=app-token&${credentials}`)),
    await call(
      `/authentication/authenticate?accessTokenId=app-token&${credentials.replace(text, escapedOnce(text))}`,
      {},
    ),
  ];
  for (const { status, body } of answers) expect([status, body]).toEqual([400, refusal('password')]);
});
const escapedOnce = (text: string) => (text.startsWith('%') ? text : escaped(text));

test.each(illFormed)('a text part with %j is refused', async (text) => {
  const body = parts(
    'name="accessTokenId"\r\n\r\napp-token',
    'name="tenantName"\r\n\r\ndefault',
    'name="username"\r\n\r\nmara',
    `name="password"\r\n\r\np${text}`,
  );
  const answer = await call('/authentication/authenticate', body);
  expect([answer.status, answer.body]).toEqual([400, refusal('password')]);
});

test('U+FFFD itself is a character like any other, a BOM too', async () => {
  const credentials = 'accessTokenId=app-token&tenantName=default&username=mara&password=';
  expect((await call('/authentication/authenticate', form(`${credentials}p%EF%BF%BD`))).status).toBe(200);
  expect((await call('/authentication/authenticate', form(`${credentials}%EF%BB%BFp%EF%BF%BD`))).status).toBe(401);
  const update = json(`{"firstName": "\xef\xbf\xbd"}`);
  const { status, body } = await api.request('POST', `/profile/${profileId}/attributes/update`, { query, ...update });
  expect([status, body.attributes.firstName]).toEqual([200, '\ufffd']);
});

test.each(['application/json', 'application/merge-patch+json'])('%s that is no UTF-8 is not stored', async (type) => {
  for (const text of illFormed) {
    const latin1 = `{"firstName": "${text}"}`;
    const request = { query, ...withBytes(type, latin1) };
    const { status, body } = await api.request('POST', `/profile/${profileId}/attributes/update`, request);
    expect([status, body]).toEqual([400, { errorCode: 'OTHER', message: 'The body is not UTF-8' }]);
  }
});

test.each(['caf%E9', 'caf%ED%A0%80', 'caf%C0%80'])('the access token %s is one that nobody knows', async (id) => {
  const answers = await Promise.all([
    api.request('GET', `/tenant/count?accessTokenId=${id}`),
    call('/profile/create', form(`accessTokenId=${id}`)),
    call('/profile/create', form(`accessTokenId=${id}&x=${'x'.repeat(100_000)}`)),
  ]);
  for (const { status, body } of answers) expect([status, body.errorCode]).toEqual([403, 'NO_SUCH_ACCESS_TOKEN_ID']);
});

test('files whose names are Latin-1 are two', async () => {
  const upload = async (name: string) => {
    const image = png.toString('latin1');
    const body = parts(`name="attachment"; filename="${name}.png"\r\n\r\n${image}`);
    return (await call(`/profile/${profileId}/uploadAttachment?accessTokenId=app-token`, body)).body.fileName;
  };
  expect([await upload('caf\xe9'), await upload('caf\xe8')]).toEqual(['café', 'cafè']);
  const { bytes: found } = await api.request('GET', `/profile/${profileId}/attachment/caf%C3%A9.png`, { query });
  expect(found).toEqual(png);
});

test.each([
  '{username: "\\ud800"}',
  '{"\\ud800": 1}',
  '{"attributes.\\udc00": {$exists: true}}',
  '{username: {$in: ["mara", "\\ud800"]}}',
  '{username: {$regex: "\\ud800"}}',
  '{username: {$regex: "m", $options: "\\ud800"}}',
  '{email: {$not: {$eq: "\\ud800"}}}',
  '{"\\ud800": {$oid: "\\ud800"}}',
])('a query of %s is none', async (text) => {
  for (const path of ['/profile/one_by_query', '/profile/by_query', '/profile/count_by_query']) {
    const { status, body } = await api.request('GET', path, {
      query: { ...query, tenantName: 'default', query: text },
    });
    expect([path, status, body]).toEqual([
      path,
      400,
      { errorCode: 'INVALID_QUERY', message: 'The query holds ill-formed Unicode' },
    ]);
  }
});

test.each(['sortBy', 'attributesToReturn', 'tenantName'])('a list with bytes in %s is refused', async (name) => {
  const { status, body } = await api.request(
    'GET',
    `/profile/range?accessTokenId=app-token&tenantName=default&${name}=%E9`,
  );
  expect([status, body]).toEqual([400, refusal(name)]);
});

test('an unknown property that is no Unicode is refused in readable words', async () => {
  const { status, body } = await api.request('POST', '/tenant/create', { query, ...json('{"name":"x","\\ud800":1}') });
  expect([status, body]).toEqual([400, { errorCode: 'OTHER', message: 'The body has unknown property "\ufffd"' }]);
});
