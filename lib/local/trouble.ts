import { statfsSync } from 'node:fs';
import { codeOf, messageOf, whyFolderFails } from '../system-errors.ts';
import { UsageError } from '../usage-error.ts';
import type { ServedRequest } from './http-server.ts';

/** Less is no room: the engine wants some pages more than it writes. */
const LEAST_BYTES = 1024 * 1024;
/** A line is not said again for as long; clients and the SDK repeat what failed. */
const REPEAT_MS = 10_000;

function freeBytes(directory: string): number {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Whether nothing more can be stored there. */
const isFull = (directory: string): boolean => freeBytes(directory) < LEAST_BYTES;

/** Says in the terminal what stands behind answers of 500, which tell their callers nothing. */
export interface TroubleTeller {
  tell(line: string): void;
  after(request: Pick<ServedRequest, 'statusCode'>): void;
}

/** `directory` is where the engine keeps its data. */
export function troubleTeller(directory: string, say: (line: string) => void = () => undefined): TroubleTeller {
  const saidMs = new Map<string, number>();
  const tell = (line: string) => {
    const nowMs = performance.now();
    if (nowMs - (saidMs.get(line) ?? Number.NEGATIVE_INFINITY) < REPEAT_MS) return;
    saidMs.set(line, nowMs);
    say(line);
  };
  return {
    tell,
    after: ({ statusCode }) => {
      if (statusCode >= 500 && isFull(directory))
        tell(`The disk of ${directory} is full: what is to be stored is answered with 500 until there is room.`);
    },
  };
}

/** Why a stack does not start, in words where its folder is the reason: bundles, data and objects are all written into that. */
export function describeStart(failure: unknown, directory: string): unknown {
  if (failure instanceof UsageError) return failure;
  const isOfFolder = ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES'].includes(codeOf(failure) ?? '');
  if (!isOfFolder && !isFull(directory)) return failure;
  const why = isOfFolder ? whyFolderFails(failure) : `its disk is full (${messageOf(failure)})`;
  return new Error(`The folder ${directory} cannot be used: ${why}. Free it, or name another one with --directory DIR`);
}
