import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type ObjectIdentifier,
} from '@aws-sdk/client-s3';
import { counted } from '../audit/tally.ts';
import { setting } from '../config/configuration.ts';
import { batchesOf } from '../domain/concurrency/in-parallel.ts';
import { bucketClient } from './bucket.ts';

const BATCH_SIZE = 1000;

/** What the emulator of the local stack says, whose bucket keeps no versions; S3 itself lists those of every bucket. */
const keepsNone = (fault: unknown) => fault instanceof Error && fault.name === 'MethodNotAllowed';

/** Every version of every object whose key begins so, and every mark of a deletion, a page at a time. */
export async function* versionPages(prefix: string): AsyncGenerator<ListObjectVersionsCommandOutput> {
  let from: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (;;) {
    const page: ListObjectVersionsCommandOutput = await bucketClient().send(
      new ListObjectVersionsCommand({ Bucket: setting('attachmentsBucket'), Prefix: prefix, ...from }),
    );
    yield page;
    if (page.IsTruncated !== true) return;
    from = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
}

async function listVersions(prefix: string): Promise<readonly ObjectIdentifier[]> {
  const found: ObjectIdentifier[] = [];
  for await (const { Versions = [], DeleteMarkers = [] } of versionPages(prefix))
    for (const { Key, VersionId } of [...Versions, ...DeleteMarkers]) found.push({ Key, VersionId });
  return found;
}

/** All of them, or nothing where the bucket keeps no versions. */
async function findVersions(prefix: string): Promise<readonly ObjectIdentifier[]> {
  try {
    return await listVersions(prefix);
  } catch (fault) {
    if (keepsNone(fault)) return [];
    throw fault;
  }
}

/** How many versions there are of objects whose key begins so, marks of deletions included. */
export const countObjectVersions = async (prefix: string): Promise<number> => (await findVersions(prefix)).length;

/**
 * Deletes every version of every object whose key begins so, for good, and answers how many; none where the bucket keeps no versions. Rejects where some stay:
 * it can be called again then.
 */
export async function deleteObjectVersions(prefix: string): Promise<number> {
  const versions = await findVersions(prefix);
  for (const Objects of batchesOf(versions, BATCH_SIZE)) {
    const input = { Bucket: setting('attachmentsBucket'), Delete: { Objects: [...Objects], Quiet: true } };
    const { Errors = [] } = await counted(() => bucketClient().send(new DeleteObjectsCommand(input)));
    if (Errors.length > 0)
      throw new Error(`Versions of objects that cannot be deleted: ${Errors.length} (${Errors[0]?.Code ?? 'no code'})`);
  }
  return versions.length;
}

/** Makes an old version of an object its newest one again. */
export async function bringBack(key: string, versionId: string): Promise<void> {
  const Bucket = setting('attachmentsBucket');
  const CopySource = `${Bucket}/${encodeURIComponent(key)}?versionId=${encodeURIComponent(versionId)}`;
  await counted(() => bucketClient().send(new CopyObjectCommand({ Bucket, Key: key, CopySource })));
}
