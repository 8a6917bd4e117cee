import { deleteAttachmentsOf } from '../../../functions/shared/repositories/attachments.ts';
import { listObjects } from '../../../functions/shared/repositories/bucket.ts';
import { listSweeps } from '../../../functions/shared/repositories/sweeps.ts';
import { formOf, gif, png } from '../../support/attachments.ts';
import { type BucketFaults, installBucketFaults, refused, unheard } from '../../support/bucket-faults.ts';
import { type Faults, installFaults } from '../../support/faults.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { sweepAll } from '../../support/sweeping.ts';

let api: LocalApi;
let bucket: BucketFaults;
let tables: Faults;
const query = { accessTokenId: 'app-token' };

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
const keysOf = (id: string) => listObjects(`${id}/`);
const serverError = () =>
  Object.assign(new Error('as told'), {
    name: 'InternalServerError',
    $fault: 'server',
    $metadata: { httpStatusCode: 500 },
  });

/** A profile with the attachment `a.png`. */
async function profileWithImage(): Promise<string> {
  const { id } = await api.seedProfile();
  await upload(id, 'a.png', png);
  return id;
}

const late: readonly (readonly [string, (id: string) => void, number])[] = [
  ['refused', () => bucket.failNext('DeleteObjects', refused), 404],
  ['of which nobody knows what became', () => tables.failNext('TransactWriteItems', serverError, 6), 500],
];
test.each(late)(
  'an upload to a profile that ends meanwhile, %s, leaves nothing for ever',
  async (_, fail, expected) => {
    const id = await profileWithImage();
    bucket.failNext('PutObject', async (call) => {
      await api.request('POST', `/profile/${id}/delete`, { query });
      const result = await call();
      fail(id);
      return result;
    });
    expect((await upload(id, 'a.gif', gif)).status).toBe(expected);
    tables.reset();
    expect(await keysOf(id)).toHaveLength(1);
    await sweepAll({ deleteAttachmentsOf });
    expect([await keysOf(id), await listSweeps()]).toEqual([[], []]);
  },
);

test('one whose bytes are taken too late, and cannot be taken back, leaves nothing for ever either', async () => {
  const id = await profileWithImage();
  bucket.failNext('PutObject', async (call) => {
    await api.request('POST', `/profile/${id}/delete`, { query });
    bucket.failNext('DeleteObjects', refused);
    return unheard(call);
  });
  expect((await upload(id, 'a.gif', gif)).status).toBe(500);
  expect(await keysOf(id)).toHaveLength(1);
  await sweepAll({ deleteAttachmentsOf });
  expect([await keysOf(id), await listSweeps()]).toEqual([[], []]);
});

test('one that fails altogether takes nothing from a profile that is there', async () => {
  const id = await profileWithImage();
  bucket.failNext('PutObject', unheard);
  bucket.failNext('DeleteObjects', refused);
  expect((await upload(id, 'a.gif', gif)).status).toBe(500);
  await sweepAll({ deleteAttachmentsOf });
  expect([await bytesOf(id), await listSweeps()]).toEqual([png, []]);
});
