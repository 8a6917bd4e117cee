import { dependencies } from '../../../functions/profile/upload-attachment.ts';
import { storeAttachment } from '../../../functions/shared/domain/attachment/store-attachment.ts';
import {
  deleteAttachmentsOf,
  findAttachment,
  putAttachment,
} from '../../../functions/shared/repositories/attachments.ts';
import { listObjects } from '../../../functions/shared/repositories/bucket.ts';
import { findProfile } from '../../../functions/shared/repositories/profiles.ts';
import { formOf, gif, png } from '../../support/attachments.ts';
import {
  type BucketFault,
  type BucketFaults,
  installBucketFaults,
  refused,
  unheard,
} from '../../support/bucket-faults.ts';
import { type Faults, installFaults } from '../../support/faults.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;
let bucket: BucketFaults;
let tables: Faults;
const query = { accessTokenId: 'app-token' };
const failure = { errorCode: 'OTHER', message: 'Internal server error' };

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  await api.seedAccessToken({ id: query.accessTokenId });
  await api.seedTenant();
  bucket = installBucketFaults();
  tables = installFaults();
});
afterAll(() => api.stop());
afterEach(() => bucket.reset());

const upload = (id: string, fileName: string, bytes: Buffer) =>
  api.request('POST', `/profile/${id}/uploadAttachment`, { query, ...formOf({ fileName, bytes }) });
const bytesOf = async (id: string) => (await api.request('GET', `/profile/${id}/attachment/a`, { query })).bytes;

/** A profile with the attachment `a.png`. */
async function profileWithImage(): Promise<string> {
  const { id } = await api.seedProfile();
  await upload(id, 'a.png', png);
  bucket.reset();
  tables.calls.length = 0;
  return id;
}

const keysOf = (id: string) => listObjects(`${id}/`);
const serverError = () =>
  Object.assign(new Error('as told'), {
    name: 'InternalServerError',
    $fault: 'server',
    $metadata: { httpStatusCode: 500 },
  });

/** What is stored is the image of the item, and nothing besides. */
async function expectOnly(id: string, bytes: Buffer) {
  expect(await bytesOf(id)).toEqual(bytes);
  expect(await keysOf(id)).toEqual([(await findAttachment(id, 'a'))?.objectKey]);
}

describe('an upload', () => {
  test('makes the calls of the data model', async () => {
    const id = await profileWithImage();
    await upload(id, 'a.gif', gif);
    const operations = tables.calls.map(({ operation }) => operation);
    expect(operations).toEqual(['BatchGetItem', 'GetItem', 'TransactWriteItems']);
    expect(bucket.calls).toEqual(['PutObject', 'DeleteObjects']);
  });

  test.each([
    ['refused', refused],
    ['taken, but nobody hears of it', unheard],
  ])('whose bytes are %s leaves the old image alone', async (_, fault) => {
    const id = await profileWithImage();
    bucket.failNext('PutObject', fault);
    const { status, body } = await upload(id, 'a.gif', gif);
    expect([status, body]).toEqual([500, failure]);
    await expectOnly(id, png);
  });

  test('whose transaction fails leaves the old image, and an object that the end of the profile takes along', async () => {
    const id = await profileWithImage();
    tables.failNext('TransactWriteItems', serverError, 6);
    const { status, body } = await upload(id, 'a.gif', gif);
    tables.reset();
    expect([status, body]).toEqual([500, failure]);
    expect(await bytesOf(id)).toEqual(png);
    await deleteAttachmentsOf(id);
    expect(await keysOf(id)).toEqual([]);
  });

  test('whose transaction is carried out after nobody waits for it any more is whole', async () => {
    const id = await profileWithImage();
    const profile = await findProfile(id);
    const replaced = await findAttachment(id, 'a');
    if (profile === undefined || replaced === undefined) throw new Error('There is no image');
    let carryOut = () => Promise.resolve<unknown>(undefined);
    const store = {
      ...dependencies,
      putAttachment: async (...parameters: Parameters<typeof putAttachment>) => {
        carryOut = () => putAttachment(...parameters);
        throw new Error('No answer');
      },
    };
    const uploaded = { ...replaced, objectKey: `${id}/new`, contentType: 'image/gif', sizeBytes: gif.length };
    await expect(storeAttachment(store, profile, uploaded, gif, replaced)).rejects.toThrow('No answer');
    expect(await bytesOf(id)).toEqual(png);
    await carryOut();
    expect(await bytesOf(id)).toEqual(gif);
    await upload(id, 'a.png', png);
    await expectOnly(id, png);
  });

  test('whose transaction worked, but nobody hears of it, is stored', async () => {
    const id = await profileWithImage();
    tables.failNext('TransactWriteItems', 'lostAnswer', 4);
    const { status } = await upload(id, 'a.gif', gif);
    expect(status).toBe(200);
    await expectOnly(id, gif);
  });

  test('that another of the same name overtakes was replaced by that', async () => {
    const id = await profileWithImage();
    const overtaking: BucketFault = async (call) => {
      const result = await call();
      await upload(id, 'a.png', png);
      return result;
    };
    bucket.failNext('PutObject', overtaking);
    const { status, body } = await upload(id, 'a.gif', gif);
    expect([status, body.contentType, body.id]).toEqual([200, 'image/gif', (await findAttachment(id, 'a'))?.id]);
    await expectOnly(id, png);
  });

  test('to a profile that is deleted meanwhile is 404 and leaves nothing', async () => {
    const profile = await api.seedProfile();
    bucket.failNext('PutObject', async (call) => {
      const result = await call();
      const tombstone = { pk: `PROFILE#${profile.id}`, sk: 'PROFILE', deletedAtMs: 1 };
      await api.put('profiles', [tombstone]);
      return result;
    });
    const { status, body } = await upload(profile.id, 'a.gif', gif);
    expect([status, body.errorCode]).toEqual([404, 'NO_SUCH_PROFILE']);
    expect(await keysOf(profile.id)).toEqual([]);
  });

  test.each([1, 2, 3])('whose old object cannot be deleted works, and the next one deletes it (%d)', async (count) => {
    const id = await profileWithImage();
    bucket.failNext('DeleteObjects', refused);
    const { status } = await upload(id, 'a.gif', gif);
    expect(status).toBe(200);
    expect(await bytesOf(id)).toEqual(gif);
    expect(await keysOf(id)).toHaveLength(2);
    for (let next = 0; next < count; next++) await upload(id, 'a.png', png);
    await expectOnly(id, png);
  });

  test('that fails altogether leaves only what the end of the profile takes along', async () => {
    const id = await profileWithImage();
    bucket.failNext('PutObject', unheard);
    bucket.failNext('DeleteObjects', refused);
    expect((await upload(id, 'a.gif', gif)).status).toBe(500);
    expect(await bytesOf(id)).toEqual(png);
    expect(await keysOf(id)).toHaveLength(2);
    await deleteAttachmentsOf(id);
    expect(await keysOf(id)).toEqual([]);
  });
});

describe('a read', () => {
  test('makes the calls of the data model', async () => {
    const id = await profileWithImage();
    await bytesOf(id);
    expect(tables.calls.map(({ operation }) => operation)).toEqual(['BatchGetItem', 'GetItem']);
    expect(bucket.calls).toEqual(['GetObject']);
  });

  test.each(['attachments/', 'attachment/a', 'attachment/a/details'])('of %s that fails is 500', async (path) => {
    const id = await profileWithImage();
    const operation = path === 'attachments/' ? 'Query' : 'BatchGetItem';
    tables.failNext(operation, serverError, 40);
    const { status, body } = await api.request('GET', `/profile/${id}/${path}`, { query });
    expect([status, body]).toEqual([500, failure]);
    tables.uninstall();
    tables = installFaults();
  });

  test('of bytes that fails is 500', async () => {
    const id = await profileWithImage();
    bucket.failNext('GetObject', refused);
    const { status, body } = await api.request('GET', `/profile/${id}/attachment/a`, { query });
    expect([status, body]).toEqual([500, failure]);
  });
});

describe('deleting all of a profile', () => {
  const itemsOf = async (id: string) =>
    (await api.items('profiles')).filter(
      ({ pk, sk }) => pk === `PROFILE#${id}` && String(sk).startsWith('ATTACHMENT#'),
    );

  test('leaves neither items nor objects, and those of others alone', async () => {
    const id = await profileWithImage();
    const otherId = await profileWithImage();
    for (let index = 0; index < 30; index++) await upload(id, `${index}.png`, png);
    await deleteAttachmentsOf(id);
    expect([await itemsOf(id), await keysOf(id)]).toEqual([[], []]);
    await expectOnly(otherId, png);
    await deleteAttachmentsOf(id);
  });

  test('that fails can be done again', async () => {
    const id = await profileWithImage();
    bucket.failNext('DeleteObjects', refused);
    await expect(deleteAttachmentsOf(id)).rejects.toThrow('as told');
    await deleteAttachmentsOf(id);
    expect([await itemsOf(id), await keysOf(id)]).toEqual([[], []]);
  });

  const partly: BucketFault = async (call) => {
    const result = await call();
    const Errors = [{ Key: 'left', Code: 'InternalError' }];
    return { ...Object(result), output: { ...Object(result).output, Errors } };
  };

  test('tries again what the bucket leaves', async () => {
    const id = await profileWithImage();
    bucket.failNext('DeleteObjects', partly);
    await deleteAttachmentsOf(id);
    expect(bucket.calls).toEqual(['ListObjectsV2', 'DeleteObjects', 'DeleteObjects']);
    expect(await keysOf(id)).toEqual([]);
  });

  test('rejects where the bucket keeps leaving something', async () => {
    const id = await profileWithImage();
    bucket.failNext('DeleteObjects', partly, partly, partly, partly);
    await expect(deleteAttachmentsOf(id)).rejects.toThrow('Objects that cannot be deleted: 1 (InternalError)');
  });

  test('follows the pages of the list', async () => {
    const id = await profileWithImage();
    await upload(id, 'b.png', png);
    bucket.reset();
    // The S3 emulator cannot make the token of a next page: two pages are made of one.
    bucket.failNext(
      'ListObjectsV2',
      async (call) => {
        const result = Object(await call());
        return {
          ...result,
          output: { ...result.output, Contents: result.output.Contents.slice(1), NextContinuationToken: 'x' },
        };
      },
      async () => ({ response: {}, output: { $metadata: {}, Contents: [{ Key: 'other' }] } }),
    );
    const keys = await listObjects(`${id}/`);
    expect(keys).toEqual([expect.stringContaining(id), 'other']);
  });
});
