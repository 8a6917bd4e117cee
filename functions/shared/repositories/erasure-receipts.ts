import * as z from 'zod/mini';
import { inParallel } from '../domain/concurrency/in-parallel.ts';
import { parseJson } from '../domain/values/json.ts';
import { deleteObjects, findObject, listObjects, putObject } from './bucket.ts';

/**
 * That a person is erased, or being erased: kept in the bucket of attachments and not in the tables, so that it outlives their restoration to an
 * earlier moment. It says who by nobody's name or address.
 */
export interface ErasureReceipt {
  readonly profileId: string;
  /** Keyed hash of tenant and username, as the audit trail has it; absent where the profile was gone already. */
  readonly user?: string | undefined;
  /** Epoch milliseconds. */
  readonly beganAtMs: number;
  /** Absent: not yet. */
  readonly endedAtMs?: number | undefined;
  /** Who has given the order: an identity of AWS, or a user of this machine. */
  readonly operator: string;
}

const receiptObject = z.object({
  profileId: z.string(),
  user: z.optional(z.string()),
  beganAtMs: z.number(),
  endedAtMs: z.optional(z.number()),
  operator: z.string(),
}) satisfies z.ZodMiniType<ErasureReceipt>;

/** No attachment has such a key: theirs begin with the id of a profile. */
export const RECEIPTS = 'receipts/';
const OPEN = `${RECEIPTS}open/`;
const DONE = `${RECEIPTS}done/`;
const TIME_DIGITS = 13;
const PARALLEL_READS = 25;

const openKey = ({ profileId }: ErasureReceipt) => `${OPEN}${profileId}.json`;
/** In the order of their begin. */
const doneFrom = (timeMs: number) => `${DONE}${String(timeMs).padStart(TIME_DIGITS, '0')}`;
const doneKey = ({ beganAtMs, profileId }: ErasureReceipt) => `${doneFrom(beganAtMs)}-${profileId}.json`;

const put = (key: string, receipt: ErasureReceipt) =>
  putObject(key, Buffer.from(`${JSON.stringify(receipt, null, 2)}\n`), 'application/json');

async function readAll(keys: readonly string[]): Promise<readonly ErasureReceipt[]> {
  const objects = await inParallel(keys, PARALLEL_READS, findObject);
  // One that is closed while it is read is not open any more.
  return objects.flatMap((bytes) =>
    bytes === undefined ? [] : z.parse(receiptObject, parseJson(Buffer.from(bytes).toString('utf8'))),
  );
}

/** Files that an erasure has begun: whatever becomes of who erases, it can be found again and ended. */
export const openReceipt = (receipt: ErasureReceipt): Promise<void> => put(openKey(receipt), receipt);

/** Files that it has come to its end. */
export async function closeReceipt(receipt: ErasureReceipt): Promise<void> {
  await put(doneKey(receipt), receipt);
  await deleteObjects([openKey(receipt)]);
}

/** Erasures that have begun and not ended. */
export const listOpenReceipts = async (): Promise<readonly ErasureReceipt[]> => readAll(await listObjects(OPEN));

/** Erasures that have begun at that time (epoch milliseconds) or later and have ended, in the order of their begin. */
export async function listReceipts(fromMs: number): Promise<readonly ErasureReceipt[]> {
  const keys = (await listObjects(DONE)).filter((key) => key >= doneFrom(fromMs));
  return readAll(keys.toSorted());
}
