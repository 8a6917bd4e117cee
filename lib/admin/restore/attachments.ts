import type { ObjectVersion } from '@aws-sdk/client-s3';
import { bringBack, versionPages } from '../../../functions/shared/repositories/bucket-versions.ts';
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

/** Objects that were there at the moment and are not, or not so, now: the version of each that was. */
async function lostSince(momentMs: number): Promise<ReadonlyMap<string, Moment>> {
  const then = new Map<string, Moment>();
  for await (const { Versions = [], DeleteMarkers = [] } of versionPages('')) {
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
export async function restoreAttachments(moment: Date): Promise<number> {
  const lost = await lostSince(moment.getTime());
  for (const [key, { versionId }] of lost) await bringBack(key, versionId);
  return lost.size;
}
