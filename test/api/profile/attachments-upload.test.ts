import { findAttachment } from '../../../functions/shared/repositories/attachments.ts';
import { findObject, listObjects } from '../../../functions/shared/repositories/bucket.ts';
import { formOf, gif, png, pngMd5, svg, svgz } from '../../support/attachments.ts';
import { type ApiRequest, type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;
const accessTokenId = 'app-token';

beforeAll(async () => {
  api = await startLocalApi({ bucket: true, env: { UPLOAD_LIMIT_BYTES: '100000' } });
  await api.seedAccessToken({ id: accessTokenId });
  await api.seedTenant();
});
afterAll(() => api.stop());
afterEach(() => jest.restoreAllMocks());

const newProfileId = async () => (await api.seedProfile()).id;
const upload = (id: string, request: ApiRequest, query: ApiRequest['query'] = { accessTokenId }) =>
  api.request('POST', `/profile/${id}/uploadAttachment`, { query, ...request });
const uploadPng = (id: string, fileName: string) => upload(id, formOf({ fileName, bytes: png }));

test('an image is stored and answered', async () => {
  jest.spyOn(Date, 'now').mockReturnValue(0x5a000000 * 1000);
  const id = await newProfileId();
  const { status, headers, body } = await uploadPng(id, 'avatar.png');
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('application/json;charset=UTF-8');
  expect(body).toEqual({
    id: expect.stringMatching(/^5a000000[0-9a-f]{16}$/),
    fileName: 'avatar',
    contentType: 'image/png',
    fileSize: '70 B',
    fileSizeBytes: 70,
    md5: pngMd5,
  });
  const [key = ''] = await listObjects(`${id}/`);
  expect(key).toMatch(/^[0-9a-f]{24}\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(await findObject(key)).toEqual(new Uint8Array(png));
});

test('the time of the last change of the profile stays', async () => {
  const profile = await api.seedProfile({ lastModifiedMs: 1_500_000_000_000 });
  await uploadPng(profile.id, 'avatar.png');
  const item = (await api.items('profiles')).find(({ pk, sk }) => pk === `PROFILE#${profile.id}` && sk === 'PROFILE');
  expect(item?.lastModifiedMs).toBe(1_500_000_000_000);
});

test.each([
  ['the access token in a part', {}, formOf({ fileName: 'a.png', bytes: png }, { accessTokenId }), 'a'],
  ['a file name in a part', { accessTokenId }, formOf({ fileName: 'x.tmp', bytes: png }, { filename: 'b.png' }), 'b'],
  ['a file name in the query', { accessTokenId, filename: 'c.png' }, formOf({ fileName: 'x', bytes: png }), 'c'],
  ['a blank file name', { accessTokenId, filename: ' ' }, formOf({ fileName: 'd.png', bytes: png }), 'd'],
])('takes %s', async (_, query, request, fileName) => {
  const { status, body } = await upload(await newProfileId(), request, query);
  expect([status, body.fileName]).toEqual([200, fileName]);
});

test('takes .json on the path', async () => {
  const id = await newProfileId();
  const request = { query: { accessTokenId }, ...formOf({ fileName: 'a.png', bytes: png }) };
  const { status } = await api.request('POST', `/profile/${id}/uploadAttachment.json`, request);
  expect(status).toBe(200);
});

test.each([
  ['avatar.GIF', gif, 'avatar', 'image/gif'],
  ['drawing.svg', svg, 'drawing', 'image/svg+xml'],
  ['drawing.svgz', svgz, 'drawing', 'image/svg+xml'],
  ['x.json.png', png, 'x.json', 'image/png'],
  ['Ünï çödé 😀.png', png, 'Ünï çödé 😀', 'image/png'],
  ['../../etc/passwd.png', png, 'passwd', 'image/png'],
  ['C:\\photos\\me.png', png, 'me', 'image/png'],
  ['a#b?c%2F.png', png, 'a#b?c%2F', 'image/png'],
])('%s is stored', async (fileName, bytes, name, contentType) => {
  const { status, body } = await upload(await newProfileId(), formOf({ fileName, bytes }));
  expect([status, body.fileName, body.contentType]).toEqual([200, name, contentType]);
});

test('an image of the same name takes the place of the first, whose id it keeps', async () => {
  const id = await newProfileId();
  const first = await uploadPng(id, 'avatar.png');
  const [oldKey] = await listObjects(`${id}/`);
  const second = await upload(id, formOf({ fileName: 'avatar.gif', bytes: gif }));
  expect(second.body).toEqual({
    id: first.body.id,
    fileName: 'avatar',
    contentType: 'image/gif',
    fileSize: '17 B',
    fileSizeBytes: 17,
    md5: expect.not.stringMatching(pngMd5),
  });
  const keys = await listObjects(`${id}/`);
  expect(keys).toEqual([expect.not.stringMatching(oldKey ?? '')]);
  expect(await findObject(keys[0] ?? '')).toEqual(new Uint8Array(gif));
});

test('of uploads of one name at once one stays', async () => {
  const id = await newProfileId();
  const answers = await Promise.all(Array.from({ length: 12 }, () => uploadPng(id, 'avatar.png')));
  expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200));
  const stored = await findAttachment(id, 'avatar');
  expect(new Set(answers.map(({ body }) => body.id))).toEqual(new Set([stored?.id]));
  expect(await listObjects(`${id}/`)).toEqual([stored?.objectKey]);
});

const other = (message: string) => ({ errorCode: 'OTHER', message });

test.each([
  ['a type that is not allowed', 'a.txt', Buffer.from('hi'), 'Files like "a.txt" are not allowed as attachments'],
  ['no extension', 'noext', png, 'Files like "noext" are not allowed as attachments'],
  ['a dot at the end', 'noext.', png, 'Files like "noext." are not allowed as attachments'],
  ['only an extension', '.png', png, 'The file name ".png" cannot name an attachment'],
  ['only dots', '...png', png, 'The file name "...png" cannot name an attachment'],
  ['another content', 'a.jpg', png, 'The file is not of type image/jpeg'],
  ['no content', 'a.png', Buffer.of(), 'The file is not of type image/png'],
  ['a page', 'a.svg', Buffer.from('<html><svg/></html>'), 'The file is not of type image/svg+xml'],
])('400 for a file of %s', async (_, fileName, bytes, message) => {
  const id = await newProfileId();
  const { status, body } = await upload(id, formOf({ fileName, bytes }));
  expect([status, body]).toEqual([400, other(message)]);
  expect(await listObjects(`${id}/`)).toEqual([]);
});

const missing = other('The body has no file part "attachment"');
const type = (contentType: string) => ({ headers: { 'content-type': contentType } });

test.each([
  ['without a file part', formOf(undefined, { filename: 'a.png' }), missing],
  ['with the file as text', formOf(undefined, { attachment: 'a.png' }), missing],
  ['of another type', { ...type('image/png'), body: new Uint8Array(png) }, missing],
  ['without content', {}, missing],
  [
    'that is cut off',
    { ...type('multipart/form-data; boundary=x'), body: '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n' },
    other('The multipart body cannot be read'),
  ],
])('400 for a body %s', async (_, request, message) => {
  const { status, body } = await upload(await newProfileId(), request);
  expect([status, body]).toEqual([400, message]);
});

test('413 for a body above the limit, once the caller is known', async () => {
  const id = await newProfileId();
  const large = formOf({ fileName: 'a.png', bytes: Buffer.concat([png, Buffer.alloc(100_000)]) }, { accessTokenId });
  const { status, body } = await upload(id, large, {});
  expect([status, body]).toEqual([413, other('The body is larger than 100000 bytes')]);
  const unknown = await upload(id, large, { accessTokenId: 'stranger' });
  expect([unknown.status, unknown.body.errorCode]).toEqual([403, 'NO_SUCH_ACCESS_TOKEN_ID']);
});

test.each(['5a0000000000000000000000', 'none'])('404 for the profile %s', async (id) => {
  const { status, body } = await uploadPng(id, 'a.png');
  expect(status).toBe(404);
  expect(body).toEqual({ errorCode: 'NO_SUCH_PROFILE', message: `No profile found with ID "${id}"` });
});

test.each(['READ_TENANT', 'MANAGE_PROFILES'])('403 where the access token has only %s', async (action) => {
  const token = await api.seedAccessToken({
    id: `only-${action}`,
    tenantPermissions: [{ tenant: 'default', allowedActions: [action] }],
  });
  const id = await newProfileId();
  const request = formOf({ fileName: 'a.png', bytes: png });
  const { status, body } = await upload(id, request, { accessTokenId: token.id });
  expect([status, body.errorCode]).toEqual([403, 'ACTION_DENIED']);
  expect(await listObjects(`${id}/`)).toEqual([]);
});

test('403 without an access token, before the body is looked at', async () => {
  const { status, body } = await upload('none', {}, {});
  expect([status, body]).toEqual([
    403,
    { errorCode: 'ACCESS_DENIED', message: 'Parameter "accessTokenId" is missing' },
  ]);
});
