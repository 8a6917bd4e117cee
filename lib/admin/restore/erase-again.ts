import { listOpenReceipts, listReceipts } from '../../../functions/shared/repositories/erasure-receipts.ts';
import { erase } from '../person/erase-person.ts';

/**
 * Erases everybody again from tables that came back who was erased since the moment (epoch milliseconds) that they came back from, or is being erased, as the
 * receipts in the bucket of attachments have it. How many they were.
 */
export async function eraseAgain(momentMs: number): Promise<number> {
  // One that had begun by then had not yet taken everything out.
  const receipts = [...(await listReceipts(0)), ...(await listOpenReceipts())].filter(
    ({ endedAtMs }) => endedAtMs === undefined || endedAtMs >= momentMs,
  );
  for (const receipt of receipts) {
    const { profileId, user, operator } = receipt;
    await erase({ profileId, user, open: receipt }, operator);
  }
  return receipts.length;
}
