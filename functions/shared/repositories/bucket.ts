import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { counted } from '../audit/tally.ts';
import type { CallsByIntent } from '../config/calls.ts';
import { setting } from '../config/configuration.ts';
import { batchesOf } from '../domain/concurrency/in-parallel.ts';

const BATCH_SIZE = 1000;
const DELETE_ATTEMPTS = 4;

let client: S3Client | undefined;

/**
 * The one S3 client of this sandbox, made at first use. It follows `AWS_ENDPOINT_URL_S3`, and addresses the bucket in the path, as an emulator
 * wants it, wherever that is an IP address.
 */
export function bucketClient(): S3Client {
  client ??= new S3Client({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
  });
  return client;
}

/** Stores an object under a key, in place of what is there. */
export async function putObject(key: string, bytes: Uint8Array, contentType: string): Promise<void> {
  const input = { Bucket: setting('attachmentsBucket'), Key: key, Body: bytes, ContentType: contentType };
  await counted(() => bucketClient().send(new PutObjectCommand(input)));
}

/** Undefined where there is none. */
export async function findObject(key: string): Promise<Uint8Array | undefined> {
  try {
    const { Body } = await bucketClient().send(
      new GetObjectCommand({ Bucket: setting('attachmentsBucket'), Key: key }),
    );
    return await Body?.transformToByteArray();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

/** The keys of every object whose key begins so. */
export async function listObjects(prefix: string): Promise<readonly string[]> {
  const keys: string[] = [];
  let from: string | undefined;
  do {
    const page = await bucketClient().send(
      new ListObjectsV2Command({ Bucket: setting('attachmentsBucket'), Prefix: prefix, ContinuationToken: from }),
    );
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []));
    from = page.NextContinuationToken;
  } while (from !== undefined);
  return keys;
}

/** Deletes a batch, what the store could not delete again; rejects where some objects stay. */
async function deleteBatch(keys: readonly string[]): Promise<void> {
  let open = keys;
  for (let attempt = 1; open.length > 0; attempt++) {
    if (attempt > 1) await sleep(Math.random() * 50 * 2 ** attempt);
    const input = {
      Bucket: setting('attachmentsBucket'),
      Delete: { Objects: open.map((Key) => ({ Key })), Quiet: true },
    };
    const answer = await counted(() => bucketClient().send(new DeleteObjectsCommand(input)));
    open = (answer.Errors ?? []).flatMap(({ Key }) => Key ?? []);
    if (open.length > 0 && attempt === DELETE_ATTEMPTS)
      throw new Error(`Objects that cannot be deleted: ${open.length} (${answer.Errors?.[0]?.Code ?? 'no code'})`);
  }
}

/** Deletes any number of objects, also those that are not there. */
export async function deleteObjects(keys: readonly string[]): Promise<void> {
  for (const batch of batchesOf(keys, BATCH_SIZE)) await deleteBatch(batch);
}

/** What each intent calls. */
export const calls = {
  putObject: ['PutObject attachment'],
  findObject: ['GetObject attachment'],
  deleteObjects: ['DeleteObjects attachment'],
} as const satisfies CallsByIntent;
