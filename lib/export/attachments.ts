import { hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Attachment } from '../../functions/shared/domain/attachment/attachment-file.ts';
import { batchesOf, inParallel } from '../../functions/shared/domain/concurrency/in-parallel.ts';
import { findAttachment, listAttachments } from '../../functions/shared/repositories/attachments.ts';
import { findObject } from '../../functions/shared/repositories/bucket.ts';
import { idOfProfileJson } from './documents.ts';
import type { Losses } from './losses.ts';

const PROFILES_AT_ONCE = 25;
/** Their bytes are in memory. */
const FILES_AT_ONCE = 4;
const TRIES = 3;

/** An attachment with its bytes. */
export interface WholeAttachment {
  readonly profileId: string;
  readonly attachment: Attachment;
  readonly bytes: Uint8Array;
}

type OfProfile = Omit<WholeAttachment, 'bytes'>;

async function* idBatches(profilesPath: string): AsyncGenerator<readonly string[]> {
  let ids: string[] = [];
  for await (const line of createInterface({ input: createReadStream(profilesPath), crlfDelay: Infinity })) {
    ids.push(idOfProfileJson(line));
    if (ids.length < PROFILES_AT_ONCE) continue;
    yield ids;
    ids = [];
  }
  yield ids;
}

/** One that is replaced meanwhile is looked for again; undefined where it is deleted, or where its bytes are gone or damaged, which counts as a loss. */
async function withBytes({ profileId, attachment }: OfProfile, losses: Losses): Promise<WholeAttachment | undefined> {
  let read = attachment;
  for (let tried = 0; tried < TRIES; tried++) {
    const bytes = await findObject(read.objectKey);
    if (bytes !== undefined && hash('md5', bytes) === read.md5) return { profileId, attachment: read, bytes };
    const current = await findAttachment(profileId, read.fileName);
    if (current === undefined) return undefined;
    read = current;
  }
  losses.count('attachment');
  return undefined;
}

/** The attachments of exported profiles, in the order of these and of their names. */
export async function* readAttachments(profilesPath: string, losses: Losses): AsyncGenerator<WholeAttachment> {
  for await (const ids of idBatches(profilesPath)) {
    const lists = await inParallel(ids, PROFILES_AT_ONCE, async (profileId) => {
      const attachments = await listAttachments(profileId);
      return attachments.map((attachment) => ({ profileId, attachment }));
    });
    for (const batch of batchesOf(lists.flat(), FILES_AT_ONCE))
      for (const whole of await inParallel(batch, FILES_AT_ONCE, (one) => withBytes(one, losses)))
        if (whole !== undefined) yield whole;
  }
}
