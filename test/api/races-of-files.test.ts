import { createHash } from 'node:crypto';
import { listObjects } from '../../functions/shared/repositories/bucket.ts';
import { asApp } from '../support/as-app.ts';
import { formOf } from '../support/attachments.ts';
import type { Faults } from '../support/faults.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import {
  answersBeyond,
  installConflicts,
  isBefore,
  overlapping,
  type Span,
  type Timed,
  tally,
  timed,
  times,
  valuesOf,
} from '../support/races.ts';

let api: LocalApi;
let store: Faults;
const query = { accessTokenId: 'app-token' };
const LANES = 4;
const REPLACEMENTS = 20;
const CONFLICTS = 10;

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  await api.seedAccessToken();
  await api.seedTenant();
});
afterAll(() => api.stop());
beforeEach(() => {
  store = installConflicts(CONFLICTS);
});
afterEach(() => store.uninstall());

const { post } = asApp(() => api);

const types = [
  { extension: 'png', contentType: 'image/png', signature: '\x89PNG\r\n\x1a\n' },
  { extension: 'gif', contentType: 'image/gif', signature: 'GIF89a' },
  { extension: 'jpg', contentType: 'image/jpeg', signature: '\xff\xd8\xff' },
] as const;

/** One byte of its own over and over, in a length of its own: of two versions no part of the one is the other. */
function versionOf(index: number) {
  const { extension, contentType, signature } = types[index % types.length] ?? types[0];
  const bytes = Buffer.concat([Buffer.from(signature, 'latin1'), Buffer.alloc(60_000 + 1009 * index, index + 1)]);
  return { extension, contentType, bytes, md5: createHash('md5').update(bytes).digest('hex') };
}
const versions = Array.from({ length: REPLACEMENTS + 1 }, (_, index) => versionOf(index));

const upload = (id: string, index: number) => {
  const { extension, bytes } = versions[index] ?? versionOf(index);
  const request = { query, ...formOf({ fileName: `face.${extension}`, bytes }) };
  return timed(() => api.request('POST', `/profile/${id}/uploadAttachment`, request));
};

const read = (id: string, path = '') =>
  timed(() => api.request('GET', `/profile/${id}/attachment/face${path}`, { query }));

/** Which version an answer with bytes is, in each of its parts; -1: none that was ever sent. */
const versionRead = ({ value }: Awaited<ReturnType<typeof read>>) =>
  versions.findIndex(
    ({ bytes, contentType }) =>
      value.bytes.equals(bytes) &&
      value.headers.get('content-type') === contentType &&
      value.headers.get('content-length') === String(bytes.length),
  );

/** Likewise of what is known of it. */
const versionDescribed = ({ value: { body } }: Awaited<ReturnType<typeof read>>) =>
  versions.findIndex(
    ({ bytes, contentType, md5 }) =>
      body.md5 === md5 && body.contentType === contentType && body.fileSizeBytes === bytes.length,
  );

/** Whether a version could be the current one at some moment of the span: written by then, and none that came after it was done before. */
function couldBeCurrent(version: number, during: Span, writes: readonly Span[]): boolean {
  const written = writes[version];
  if (written === undefined || isBefore(during, written)) return false;
  return !writes.some((later) => isBefore(written, later) && isBefore(later, during));
}

test('a file replaced beside reads: each read is one whole version of its time, and one object is left', async () => {
  const { id } = await api.seedProfile();
  const uploads: Timed<Awaited<ReturnType<typeof upload>>['value']>[] = [await upload(id, 0)];
  const reads: (Span & { readonly version: number })[] = [];
  const readWhole = async () => {
    const bytes = await read(id);
    const details = await read(id, '/details');
    reads.push({ ...bytes, version: versionRead(bytes) }, { ...details, version: versionDescribed(details) });
  };
  await times(LANES, async (lane) => {
    for (let index = lane + 1; index <= REPLACEMENTS; index += LANES) {
      const [uploaded] = await Promise.all([upload(id, index), readWhole(), readWhole()]);
      uploads[index] = uploaded;
    }
  });
  expect(tally(valuesOf(uploads))).toEqual({ 200: REPLACEMENTS + 1 });
  expect(new Set(uploads.map(({ value }) => value.body.id)).size).toBe(1);
  expect(reads).toHaveLength(4 * REPLACEMENTS);
  expect(reads.filter((one) => !couldBeCurrent(one.version, one, uploads))).toEqual([]);
  expect(store.injected()).toBe(CONFLICTS);
  expect(overlapping(reads, uploads.slice(1))).toBeGreaterThan(REPLACEMENTS);
  expect(new Set(reads.map(({ version }) => version)).size).toBeGreaterThan(REPLACEMENTS / LANES);

  const [bytes, details] = [await read(id), await read(id, '/details')];
  expect(versionDescribed(details)).toBe(versionRead(bytes));
  expect(couldBeCurrent(versionRead(bytes), bytes, uploads)).toBe(true);
  expect(await listObjects(`${id}/`)).toHaveLength(1);
});

test('uploads beside the deletion of their profile leave neither items nor objects', async () => {
  const { id } = await api.seedProfile();
  const uploads = times(REPLACEMENTS, (index) => upload(id, index));
  const removal = await timed(() => post(`/profile/${id}/delete`));
  const answers = await uploads;
  expect(removal.value.status).toBe(200);
  expect(answersBeyond(['200', '404 NO_SUCH_PROFILE'], valuesOf(answers))).toEqual([]);
  expect(overlapping(answers, [removal])).toBeGreaterThan(0);
  expect(store.injected()).toBeGreaterThan(0);
  expect((await api.items('profiles')).filter(({ pk }) => pk === `PROFILE#${id}`)).toEqual([]);
  expect(await listObjects(`${id}/`)).toEqual([]);
});
