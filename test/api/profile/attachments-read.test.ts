import { gunzipSync } from 'node:zlib';
import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { deleteObjects, findObject, listObjects } from '../../../functions/shared/repositories/bucket.ts';
import { formOf, gif, png, pngMd5, svg, svgz } from '../../support/attachments.ts';
import { type BucketFault, installBucketFaults } from '../../support/bucket-faults.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;
let profile: Profile;
const ids = new Map<string, string>();
const query = { accessTokenId: 'app-token' };
const files = [
  ['avatar.png', png],
  ['x.json.png', png],
  ['my.photo.gif', gif],
  ['Ünï çödé 😀.png', png],
  ['a b#c?d%2F+.png', png],
  ['drawing.svg', svg],
  ['packed.svgz', svgz],
] as const;

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  await api.seedAccessToken({ id: query.accessTokenId });
  profile = await api.seedProfile();
  for (const [fileName, bytes] of files) {
    const request = { query, ...formOf({ fileName, bytes }) };
    const { body } = await api.request('POST', `/profile/${profile.id}/uploadAttachment`, request);
    ids.set(body.fileName, body.id);
  }
});
afterAll(() => api.stop());

const get = (path: string) => api.request('GET', `/profile/${profile.id}${path}`, { query });
const avatar = () => ({
  id: ids.get('avatar'),
  fileName: 'avatar',
  contentType: 'image/png',
  fileSize: '70 B',
  fileSizeBytes: 70,
  md5: pngMd5,
});
const nothing = { id: null, fileName: null, contentType: null, fileSize: null, fileSizeBytes: 0, md5: null };

describe('the list', () => {
  test.each(['/attachments/', '/attachments', '/attachments/.json', '/attachments.json'])('is at %s', async (path) => {
    const { status, headers, body } = await get(path);
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json;charset=UTF-8']);
    expect(body).toHaveLength(files.length);
    expect(body).toContainEqual(avatar());
  });

  test('of a profile without any is empty', async () => {
    const { id } = await api.seedProfile({ username: 'bare' });
    const { status, body } = await api.request('GET', `/profile/${id}/attachments/`, {
      query: { ...query, profileId: profile.id },
    });
    expect([status, body]).toEqual([200, []]);
  });

  test.each(['x', '.xml', '.json.json', 'avatar.json', 'a/b', '.json/', '/'])(
    'is not at /attachments/%s',
    async (suffix) => {
      const { status, body } = await api.request('GET', `/profile/${profile.id}/attachments/${suffix}`);
      const path = `/crafter-profile/api/1/profile/${profile.id}/attachments/${suffix}`;
      expect([status, body]).toEqual([404, { errorCode: 'OTHER', message: `Nothing is at path "${path}"` }]);
    },
  );
});

describe('the details', () => {
  test.each(['', '.json'])('are answered with %j after the path', async (suffix) => {
    const { status, body } = await get(`/attachment/avatar/details${suffix}`);
    expect([status, body]).toEqual([200, avatar()]);
  });

  test.each(['none', 'avatar.png', 'AVATAR', 'x', '%00', 'a'.repeat(2000)])('of %s are unset', async (name) => {
    const { status, body } = await get(`/attachment/${name}/details`);
    expect([status, body]).toEqual([200, nothing]);
  });

  test.each(['x.json', 'my.photo', 'Ünï çödé 😀', 'a b#c?d%2F+'])('of %s are found', async (name) => {
    const { status, body } = await get(`/attachment/${encodeURIComponent(name)}/details`);
    expect([status, body.fileName, body.id]).toEqual([200, name, ids.get(name)]);
  });
});

describe('the bytes', () => {
  test.each(['avatar', 'avatar.json', 'avatar.png', 'avatar.png.json', 'avatar.jpg'])('are at %s', async (name) => {
    const { status, headers, bytes } = await get(`/attachment/${name}`);
    expect([status, bytes]).toEqual([200, png]);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': '70',
      'content-security-policy': 'sandbox',
      'x-content-type-options': 'nosniff',
    });
    expect(headers.get('content-encoding')).toBeNull();
  });

  test.each(['x.json.json', 'x.json.png', 'Ünï çödé 😀', 'Ünï çödé 😀.png', 'a b#c?d%2F+'])(
    'are at %s',
    async (name) => {
      const { status, bytes } = await get(`/attachment/${encodeURIComponent(name)}`);
      expect([status, bytes]).toEqual([200, png]);
    },
  );

  test('an exact name goes before one without the extension', async () => {
    const request = { query, ...formOf({ fileName: 'my.svg', bytes: svg }) };
    await api.request('POST', `/profile/${profile.id}/uploadAttachment`, request);
    expect((await get('/attachment/my.photo')).bytes).toEqual(gif);
    expect((await get('/attachment/my.other')).bytes).toEqual(svg);
  });

  test('a name that ends in .json is found as it is, and with the suffix of the client', async () => {
    const { id } = await api.seedProfile({ username: 'suffixed' });
    const upload = (fileName: string, bytes: Buffer) =>
      api.request('POST', `/profile/${id}/uploadAttachment`, { query, ...formOf({ fileName, bytes }) });
    const bytesAt = async (name: string) =>
      (await api.request('GET', `/profile/${id}/attachment/${name}`, { query })).bytes;
    await upload('avatar.json.png', png);
    for (const name of ['avatar.json', 'avatar.json.json', 'avatar.json.gif', 'avatar.json.png.json'])
      expect(await bytesAt(name)).toEqual(png);
    expect(await bytesAt('avatar')).toHaveLength(0);
    await upload('avatar.gif', gif);
    for (const name of ['avatar', 'avatar.gif', 'avatar.gif.json']) expect(await bytesAt(name)).toEqual(gif);
    expect(await bytesAt('avatar.json')).toEqual(png);
    await upload('avatar.json.json.svg', svg);
    expect(await bytesAt('avatar.json.json')).toEqual(svg);
  });

  test.each(['none', 'none.png', 'avatar.png.png', '.png', '%00', 'a'.repeat(2000)])(
    'of %s are nothing',
    async (name) => {
      const { status, headers, bytes } = await get(`/attachment/${name}`);
      expect([status, bytes.length]).toEqual([200, 0]);
      expect([headers.get('content-type'), headers.get('content-length')]).toEqual([null, '0']);
    },
  );

  test('of a drawing are no page of ours', async () => {
    const { headers, bytes } = await get('/attachment/drawing');
    expect(bytes).toEqual(svg);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'image/svg+xml',
      'content-security-policy': 'sandbox',
      'x-content-type-options': 'nosniff',
    });
  });

  test('of a packed drawing say how they are packed', async () => {
    const answer = await get('/attachment/packed');
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    expect(Number(answer.headers.get('content-length'))).toBe(svgz.length);
    // The client of this test has unpacked them.
    expect(answer.bytes).toEqual(gunzipSync(svgz));
  });

  test('that are replaced while they are read are the newer ones', async () => {
    const { id } = await api.seedProfile({ username: 'busy' });
    const upload = (fileName: string, bytes: Buffer) =>
      api.request('POST', `/profile/${id}/uploadAttachment`, { query, ...formOf({ fileName, bytes }) });
    await upload('a.png', png);
    const faults = installBucketFaults();
    faults.failNext('GetObject', async (call) => {
      await upload('a.gif', gif);
      return call();
    });
    const { bytes, headers } = await api.request('GET', `/profile/${id}/attachment/a`, { query });
    expect([bytes, headers.get('content-type')]).toEqual([gif, 'image/gif']);
  });

  test('that are replaced at every look are the newest in the end', async () => {
    const { id } = await api.seedProfile({ username: 'restless' });
    const upload = (fileName: string, bytes: Buffer) =>
      api.request('POST', `/profile/${id}/uploadAttachment`, { query, ...formOf({ fileName, bytes }) });
    await upload('a.png', png);
    const overtaken = ([fileName, bytes]: readonly [string, Buffer]): BucketFault => {
      return async (call) => {
        await upload(fileName, bytes);
        return call();
      };
    };
    const newer = Array.from({ length: 7 }, (_, index) =>
      index % 2 ? (['a.png', png] as const) : (['a.gif', gif] as const),
    );
    const faults = installBucketFaults();
    faults.failNext('GetObject', ...newer.map(overtaken));
    const { bytes, headers } = await api.request('GET', `/profile/${id}/attachment/a`, { query });
    expect([bytes, headers.get('content-type')]).toEqual([gif, 'image/gif']);
    expect(faults.calls.filter((call) => call === 'GetObject')).toHaveLength(newer.length + 1);
  });

  test('whose object is gone are nothing', async () => {
    const { id } = await api.seedProfile({ username: 'bereft' });
    const request = { query, ...formOf({ fileName: 'a.png', bytes: png }) };
    await api.request('POST', `/profile/${id}/uploadAttachment`, request);
    const keys = await listObjects(`${id}/`);
    await deleteObjects(keys);
    expect(await findObject(keys[0] ?? '')).toBeUndefined();
    const { status, bytes } = await api.request('GET', `/profile/${id}/attachment/a`, { query });
    expect([status, bytes.length]).toEqual([200, 0]);
  });
});

describe.each(['/attachments/', '/attachment/avatar', '/attachment/avatar/details'])('GET %s', (path) => {
  test.each(['5a0000000000000000000000', 'none'])('404 for the profile %s', async (id) => {
    const { status, body } = await api.request('GET', `/profile/${id}${path}`, { query });
    expect([status, body]).toEqual([
      404,
      { errorCode: 'NO_SUCH_PROFILE', message: `No profile found with ID "${id}"` },
    ]);
  });

  test('403 without an access token', async () => {
    const { status, body } = await api.request('GET', `/profile/${profile.id}${path}`);
    expect([status, body.errorCode]).toEqual([403, 'ACCESS_DENIED']);
  });

  test.each(['READ_TENANT', 'MANAGE_PROFILES'])('403 where the access token has only %s', async (action) => {
    const id = `only-${action}`;
    await api.seedAccessToken({ id, tenantPermissions: [{ tenant: 'default', allowedActions: [action] }] });
    const answer = await api.request('GET', `/profile/${profile.id}${path}`, { query: { accessTokenId: id } });
    expect([answer.status, answer.body.errorCode]).toEqual([403, 'ACTION_DENIED']);
  });

  test('405 with another method', async () => {
    const { status, headers } = await api.request('POST', `/profile/${profile.id}${path}`);
    expect([status, headers.get('allow')]).toEqual([405, 'GET']);
  });
});
