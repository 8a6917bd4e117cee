import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { appendFileSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { TRAIL } from '../../functions/shared/audit/trail.ts';
import { codeOf, messageOf } from '../system-errors.ts';
import { AUDIT, EARLIER_AUDIT } from './own-entries.ts';

/** Some 20,000 records; as many again are kept from before. */
const FILE_LIMIT_BYTES = 10 * 1024 * 1024;

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** Adds a record to those of a local stack. Throws the system's error. */
export function appendRecord(directory: string, record: unknown): void {
  const file = join(directory, AUDIT);
  if (sizeOf(file) >= FILE_LIMIT_BYTES) renameSync(file, join(directory, EARLIER_AUDIT));
  // It tells of people, to whoever runs the stack alone.
  appendFileSync(file, `${JSON.stringify(record)}\n`, { mode: 0o600 });
}

/**
 * Keeps what this process leaves in the audit trail in the folder of a local stack, from now on until the answered function is called. Without a folder it is
 * kept nowhere. `tell` hears in a line where a record could not be kept.
 */
export function keepTrail(directory: string | undefined, tell: (line: string) => void): () => void {
  const keep = (record: unknown) => {
    if (directory === undefined) return;
    try {
      appendRecord(directory, record);
    } catch (failure) {
      tell(`A record of the audit trail could not be kept in ${directory}: ${messageOf(failure)}`);
    }
  };
  subscribe(TRAIL, keep);
  return () => void unsubscribe(TRAIL, keep);
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch (failure) {
    if (codeOf(failure) === 'ENOENT') return [];
    throw failure;
  }
}

/** The lines of all records that the folder of a local stack keeps, oldest first. */
export const keptTrail = (directory: string): readonly string[] =>
  [EARLIER_AUDIT, AUDIT].flatMap((name) => linesOf(join(directory, name))).filter((line) => line !== '');
