import type { SweepDependencies } from '../../../functions/shared/domain/sweep/sweep.ts';
import { deleteAttachmentsOf } from '../../../functions/shared/repositories/attachments.ts';
import { listObjects } from '../../../functions/shared/repositories/bucket.ts';
import { listSweeps } from '../../../functions/shared/repositories/sweeps.ts';
import { formOf, png } from '../../support/attachments.ts';
import { type BucketFaults, installBucketFaults, refused } from '../../support/bucket-faults.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { eagerSweep, sweepAll } from '../../support/sweeping.ts';

let api: LocalApi;
let bucket: BucketFaults;
const query = { accessTokenId: 'app-token' };

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  await api.seedAccessToken({ id: query.accessTokenId });
  await api.seedTenant();
  bucket = installBucketFaults();
});
afterAll(() => api.stop());
afterEach(() => bucket.reset());

const remove = (id: string) => api.request('POST', `/profile/${id}/delete`, { query });
const upload = (id: string) =>
  api.request('POST', `/profile/${id}/uploadAttachment`, { query, ...formOf({ fileName: 'a.png', bytes: png }) });
/** The worker, with the bucket. */
const sweep = (deps: Partial<SweepDependencies> = {}, remainingMs?: () => number) =>
  sweepAll({ deleteAttachmentsOf, ...deps }, remainingMs);

/** A profile with an image. */
async function withImage(username?: string): Promise<string> {
  const { id } = await api.seedProfile(username === undefined ? {} : { username });
  expect((await upload(id)).status).toBe(200);
  return id;
}

/** One whose deletion the bucket cuts short. */
async function cutShort(operation: 'ListObjectsV2' | 'DeleteObjects' = 'DeleteObjects', username?: string) {
  const id = await withImage(username);
  bucket.failNext(operation, refused);
  expect((await remove(id)).status).toBe(500);
  expect(await listObjects(`${id}/`)).toHaveLength(1);
  return id;
}

/** What there is of a profile, in table and bucket. */
async function left(id: string): Promise<readonly unknown[]> {
  const items = (await api.items('profiles')).filter(({ pk, sk }) => [pk, sk].includes(`PROFILE#${id}`));
  return [...items, ...(await listObjects(`${id}/`))];
}

test('a deletion that nothing cuts short leaves nothing to do', async () => {
  const id = await withImage();
  expect((await remove(id)).status).toBe(200);
  expect([await left(id), await listSweeps()]).toEqual([[], []]);
});

test.each(['ListObjectsV2', 'DeleteObjects'] as const)(
  'one that a refused %s cuts short is carried to its end',
  async (operation) => {
    const id = await cutShort(operation);
    await sweep();
    expect([await left(id), await listSweeps()]).toEqual([[], []]);
  },
);

test('the same call again carries it to its end as well, and leaves nothing to do', async () => {
  const id = await cutShort();
  expect((await remove(id)).status).toBe(200);
  expect([await left(id), await listSweeps()]).toEqual([[], []]);
});

test('the worker beside calls that delete does no harm', async () => {
  const ids = await Promise.all(Array.from({ length: 10 }, () => withImage()));
  const [answers] = await Promise.all([Promise.all(ids.flatMap((id) => [remove(id), remove(id)])), sweep(), sweep()]);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  await sweep();
  for (const id of ids) expect(await left(id)).toEqual([]);
  expect(await listSweeps()).toEqual([]);
});

test('whoever took the username meanwhile keeps it, and the image', async () => {
  const id = await cutShort('DeleteObjects', 'reused');
  const form = { tenantName: 'default', username: 'reused', email: 'jo@example.com', enabled: 'true' };
  const { body } = await api.request('POST', '/profile/create', { query, form });
  expect((await upload(body.id)).status).toBe(200);
  await sweep();
  expect(await left(id)).toEqual([]);
  const found = { ...query, tenantName: 'default', username: 'reused' };
  expect((await api.request('GET', '/profile/by_username', { query: found })).body.id).toBe(body.id);
  expect((await api.request('GET', `/profile/${body.id}/attachment/a`, { query })).bytes).toEqual(png);
});

test('the worker leaves a deletion to its request for as long as that may live', async () => {
  const id = await cutShort();
  const buriedAtMs = Date.now();
  const waits: number[] = [];
  const deletes = jest.fn(deleteAttachmentsOf);
  await sweep({
    quietMs: 60_000,
    nowMs: () => buriedAtMs + 50_000,
    deleteAttachmentsOf: deletes,
    sleep: async (ms) => {
      waits.push(ms);
      await remove(id);
    },
  });
  expect([waits.length, deletes.mock.calls, await left(id)]).toEqual([1, [], []]);
});

test('what still fails stays open for the next call, and keeps nothing else from its end', async () => {
  const [failing, other] = [await cutShort(), await cutShort()];
  const deletes: typeof deleteAttachmentsOf = async (id) => {
    if (id === failing) throw new Error('The bucket is out');
    return deleteAttachmentsOf(id);
  };
  await expect(sweep({ deleteAttachmentsOf: deletes })).rejects.toThrow('Sweeps that failed: 1');
  expect(await left(other)).toEqual([]);
  expect(await listSweeps()).toMatchObject([{ kind: 'clear', profileId: failing }]);
  await sweep();
  expect(await left(failing)).toEqual([]);
});

test('a worker without time calls another one, also where a request closes what it would save', async () => {
  const ids = [await cutShort(), await cutShort()];
  let saves = 0;
  const saved: boolean[] = [];
  const saveSweep: typeof eagerSweep.saveSweep = async (open, pass) => {
    if (++saves === 1 && open.kind === 'clear') await remove(open.profileId);
    saved.push(await eagerSweep.saveSweep(open, pass));
    return saved.at(-1) ?? false;
  };
  await sweep({ saveSweep }, () => 0);
  expect(saved).toEqual([false, true]);
  await sweep();
  for (const id of ids) expect(await left(id)).toEqual([]);
});

test('one that has come to its end some other way is closed', async () => {
  const id = '5b0000000000000000000009';
  const open = { pk: 'SWEEP', sk: `PROFILE#${id}`, id, profileId: id, kind: 'clear', openedAtMs: 1, revision: 'r' };
  await api.put('profiles', [open]);
  await api.seedProfile({ id });
  expect((await upload(id)).status).toBe(200);
  await sweep();
  expect(await listSweeps()).toEqual([]);
  expect((await api.request('GET', `/profile/${id}/attachment/a`, { query })).bytes).toEqual(png);
});

test('more deletions than are carried on at once all come to their end', async () => {
  const ids = await Promise.all(Array.from({ length: 60 }, async () => (await api.seedProfile()).id));
  bucket.failNext('ListObjectsV2', ...ids.map(() => refused));
  expect(new Set((await Promise.all(ids.map(remove))).map(({ status }) => status))).toEqual(new Set([500]));
  await sweep();
  expect(await listSweeps()).toEqual([]);
  for (const id of ids) expect(await left(id)).toEqual([]);
});
