import {
  CopyObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type ObjectVersion,
  S3Client,
} from '@aws-sdk/client-s3';
import { RECEIPTS } from '../../../functions/shared/repositories/erasure-receipts.ts';

/** An object's state at a moment: the newest of its versions and delete markers from before. */
interface Moment {
  readonly versionId: string;
  readonly isDeleted: boolean;
  readonly atMs: number;
  readonly isLatest: boolean;
}

const momentOf = ({ VersionId = '', LastModified, IsLatest }: ObjectVersion, isDeleted: boolean): Moment => ({
  versionId: VersionId,
  isDeleted,
  atMs: LastModified?.getTime() ?? 0,
  isLatest: IsLatest === true,
});

/** Every version and delete marker of the bucket, a page at a time. */
async function* versionsOf(client: S3Client, Bucket: string) {
  let from: { readonly KeyMarker?: string | undefined; readonly VersionIdMarker?: string | undefined } | undefined = {};
  while (from !== undefined) {
    const page: ListObjectVersionsCommandOutput = await client.send(new ListObjectVersionsCommand({ Bucket, ...from }));
    yield page;
    const { IsTruncated, NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = page;
    from = IsTruncated === true ? { KeyMarker, VersionIdMarker } : undefined;
  }
}

/** Objects that were there at the moment and are not, or not so, now: the version of each that was. */
async function lostSince(client: S3Client, Bucket: string, momentMs: number): Promise<ReadonlyMap<string, Moment>> {
  const then = new Map<string, Moment>();
  for await (const { Versions = [], DeleteMarkers = [] } of versionsOf(client, Bucket)) {
    const all = [
      ...Versions.map((one) => [one.Key ?? '', momentOf(one, false)] as const),
      ...DeleteMarkers.map((one) => [one.Key ?? '', momentOf(one, true)] as const),
    ];
    for (const [key, moment] of all.filter(([key]) => !key.startsWith(RECEIPTS))) {
      const known = then.get(key);
      if (moment.atMs <= momentMs && (known === undefined || known.atMs <= moment.atMs)) then.set(key, moment);
    }
  }
  return new Map([...then].filter(([, { isDeleted, isLatest }]) => !isDeleted && !isLatest));
}

/**
 * Brings attachments back that were there at a moment and have been deleted since, from the versions that the bucket keeps for 35 days. What was uploaded since
 * stays: nothing refers to it, and going back to the tables from before needs it. How many came back.
 */
export async function restoreAttachments(Bucket: string, moment: Date): Promise<number> {
  const client = new S3Client({ forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined });
  const lost = await lostSince(client, Bucket, moment.getTime());
  for (const [Key, { versionId }] of lost) {
    const CopySource = `${Bucket}/${encodeURIComponent(Key)}?versionId=${encodeURIComponent(versionId)}`;
    await client.send(new CopyObjectCommand({ Bucket, Key, CopySource }));
  }
  return lost.size;
}
