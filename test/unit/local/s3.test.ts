import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type LocalS3, startS3 } from '../../../lib/local/s3.ts';

const directory = mkdtempSync(join(tmpdir(), 's3-'));
const objects = join(directory, 'attachments/profile');
const lines: string[] = [];
let s3: LocalS3;
let client: S3Client;

beforeAll(async () => {
  s3 = await startS3({ directory, onFailure: (line) => lines.push(line) });
  const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };
  client = new S3Client({ endpoint: s3.url, region: 'us-east-1', credentials, forcePathStyle: true, maxAttempts: 1 });
});
afterEach(() => lines.splice(0));
afterAll(async () => {
  client.destroy();
  await s3.stop();
  rmSync(directory, { recursive: true });
});

const put = (Key: string, Body: string) =>
  client.send(new PutObjectCommand({ Bucket: 'attachments', Key, Body, ContentType: 'text/plain' }));
async function read(Key: string) {
  const { Body, ContentType, ETag } = await client.send(new GetObjectCommand({ Bucket: 'attachments', Key }));
  return [await Body?.transformToString(), ContentType, ETag];
}

test('what is put is read back, with its type and its hash', async () => {
  await put('profile/one', 'hello');
  await put('profile/one', 'hello again');
  const md5 = createHash('md5').update('hello again').digest('hex');
  expect(await read('profile/one')).toEqual(['hello again', 'text/plain', `"${md5}"`]);
  expect(readdirSync(objects).filter((name) => name.endsWith('.part'))).toEqual([]);
});

const hasFullDevice = existsSync('/dev/full');
(hasFullDevice ? test : test.skip)('a full disk is a 500 and a line, and what was there stays', async () => {
  await put('profile/two', 'before');
  symlinkSync('/dev/full', join(objects, 'two._S3rver_object.part'));
  await expect(put('profile/two', 'after')).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
  expect(lines).toEqual([`An attachment cannot be stored in ${directory}: its disk is full`]);
  expect(await read('profile/two')).toEqual(['before', 'text/plain', expect.any(String)]);
  await put('profile/two', 'after');
  expect(await read('profile/two')).toEqual(['after', 'text/plain', expect.any(String)]);
});

test('so is a folder that cannot be made', async () => {
  mkdirSync(join(directory, 'attachments'), { recursive: true });
  writeFileSync(join(directory, 'attachments/other'), '');
  await expect(put('other/three', 'x')).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
  expect(lines).toHaveLength(1);
});
