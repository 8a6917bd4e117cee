import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { requireSettings } from '../setting-values.ts';
import { UsageError } from '../usage-error.ts';
import { type DataDirectory, inspectDataDirectory } from './data-directory.ts';
import { keptSince, requireEngineFile } from './database-file.ts';
import { enginePath } from './engine-program.ts';
import { portFault } from './free-port.ts';
import { ENGINE_VARIABLE, givenEngine, requireGivenEngine } from './given-engine.ts';
import { DATABASE } from './own-entries.ts';
import { isTaken, takenBy } from './running-stack.ts';

/** What a local stack is asked for, as far as it can be wrong. */
export interface StartOptions {
  /** 0: a free one. */
  readonly port: number;
  /** Where data is kept, and where the running stack is written down. */
  readonly directory: string;
  /** Nothing is kept. */
  readonly memory?: boolean;
  /** What was kept goes first. */
  readonly fresh?: boolean;
  /** A dump or an export instead of the sample data. */
  readonly dataFile?: string | undefined;
  /** No data at all. */
  readonly isEmpty?: boolean | undefined;
}

/** A start that nothing stands in the way of. */
export interface Preparation {
  readonly directory: DataDirectory;
  /** What is to be loaded, and can be; undefined: the sample data. */
  readonly dataFile: string | undefined;
  /** Nothing is to be loaded. */
  readonly isEmpty: boolean;
  /** Since when data have been kept that this start goes on with. */
  readonly keptSince: Date | undefined;
  /** Whether the embedded engine begins with no data, those that `--fresh` throws away aside. */
  readonly startsEmpty: boolean;
  /** Whether it is the one stack of its folder, and written down there. */
  readonly isRecorded: boolean;
}

/** Why an export is not loaded. */
export const dataAlready = (): UsageError =>
  new UsageError('There are data already: add --fresh to throw them away and start with those of --data, or with none');

/** What reads an export brings the whole store along: it is loaded for one alone. */
async function requireLoadable(path: string): Promise<void> {
  const { requireLoadable: check } = await import('../import/import-paths.ts');
  await check([path]);
}

async function requireFree(port: number): Promise<void> {
  const fault = port === 0 ? undefined : await portFault(port);
  if (fault !== undefined) throw new Error(fault);
}

/** A data directory has one stack at a time; one that keeps nothing may run beside it, unrecorded. */
function requireAlone({ directory, memory }: StartOptions): boolean {
  if (!isTaken(directory)) return true;
  if (memory) return false;
  throw takenBy(directory);
}

/** The data that a start without `--fresh` goes on with. */
function inspectKept({ directory, memory, fresh }: StartOptions): Date | undefined {
  if (memory || givenEngine() !== undefined) return undefined;
  const file = join(directory, DATABASE);
  requireEngineFile(file);
  return fresh ? undefined : keptSince(file);
}

/**
 * Finds whatever is wrong with options, files and surroundings, and changes nothing: from here on things are built, started and removed. Throws a
 * `UsageError`, or an Error of one line that says what to do.
 */
export async function prepareStart(options: StartOptions): Promise<Preparation> {
  requireSettings();
  if (options.fresh && givenEngine() !== undefined)
    throw new UsageError(`--fresh empties the embedded DynamoDB only, and ${ENGINE_VARIABLE} names another one`);
  const { dataFile, isEmpty = false } = options;
  if (dataFile !== undefined) await requireLoadable(dataFile);
  const directory = inspectDataDirectory(options.directory, { fresh: Boolean(options.fresh && !options.memory) });
  const since = inspectKept(options);
  if ((dataFile !== undefined || isEmpty) && since !== undefined) throw dataAlready();
  await requireFree(options.port);
  if (givenEngine() === undefined) enginePath();
  else await requireGivenEngine();
  const startsEmpty = givenEngine() === undefined && (options.fresh || !existsSync(join(options.directory, DATABASE)));
  return {
    directory,
    dataFile,
    isEmpty,
    keptSince: since,
    startsEmpty: Boolean(startsEmpty),
    isRecorded: requireAlone(options),
  };
}
