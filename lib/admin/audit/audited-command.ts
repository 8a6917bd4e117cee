import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { auditedWork } from '../../../functions/shared/audit/audited-work.ts';
import { TRAIL } from '../../../functions/shared/audit/trail.ts';
import { inInvocation } from '../../../functions/shared/config/invocation.ts';
import { ensureAuditKey } from '../../../functions/shared/repositories/audit-key.ts';
import { messageOf } from '../../system-errors.ts';
import type { Installation } from '../installation.ts';
import { recordKeeper } from './record-keeper.ts';

/** Takes the records of this process one after the other; answers why some could not be kept, once all are through. */
function takeRecords(installation: Installation) {
  const { keep } = recordKeeper(installation);
  const faults = new Set<string>();
  let last = Promise.resolve();
  const take = (record: unknown) => {
    if (typeof record !== 'object' || record === null) return;
    last = last.then(() => keep(record)).catch((fault: unknown) => void faults.add(messageOf(fault)));
  };
  subscribe(TRAIL, take);
  return async (): Promise<readonly string[]> => {
    unsubscribe(TRAIL, take);
    await last;
    return [...faults];
  };
}

/**
 * Does what a command of an operator does; `operation` is what the trail calls it. Where that changes something, or may have, it leaves a record for each tenant in the audit trail of the installation, with who gave the
 * command. Rejects with what the command rejects with, or where it is done and its record could not be kept.
 */
export async function auditedCommand<Result>(
  operation: string,
  installation: Installation,
  run: () => Promise<Result>,
): Promise<Result> {
  const end = takeRecords(installation);
  const lost = async () => {
    const faults = await end();
    return faults.map(
      (fault) => `The command has changed something, and its record in the audit trail is lost: ${fault}`,
    );
  };
  let result: Result;
  try {
    result = await inInvocation({ operation }, () => auditedWork(run, { findKey: ensureAuditKey }));
  } catch (failure) {
    for (const line of await lost()) console.error(line);
    throw failure;
  }
  const lines = await lost();
  if (lines.length > 0) throw new Error(lines.join('\n'));
  return result;
}
