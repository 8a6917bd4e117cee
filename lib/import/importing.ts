import type { ImportSource } from './import-store.ts';
import type { KeptFolder } from './kept-folder.ts';
import type { Source } from './read/source.ts';
import type { ImportReport } from './report.ts';

/** How an import goes about it. */
export interface ImportOptions {
  /** Reads and checks, and writes nothing. */
  readonly dryRun?: boolean;
  /** Compares what is stored with the files, and writes nothing. */
  readonly verify?: boolean;
  /** Adds to tenants that are there what they lack. */
  readonly mergeTenants?: boolean;
  /** Replaces what is newer in the files and untouched here. */
  readonly update?: boolean;
  /** Disables profiles that an earlier import brought and that are not in the files any more. */
  readonly disableMissing?: boolean;
  /** Takes profiles whose `_id` is no ObjectId under new ids. */
  readonly newIds?: boolean;
  /** Where the bytes of attachments that cannot be taken are written. */
  readonly keptFolder?: KeptFolder | undefined;
  /** Milliseconds that a profile takes at least, divided by its tenant's shards; none for an installation that nobody else writes to. */
  readonly paceMs?: number;
}

/** An import under way. */
export interface Importing {
  readonly source: Source;
  readonly options: ImportOptions;
  readonly stored: ImportSource;
  readonly report: ImportReport;
  readonly nowMs: number;
  /** Hears how many bytes more of the files are behind. */
  readonly heard: (bytes: number) => void;
}

/** Whether anything may be written. */
export const writes = ({ options }: Importing): boolean => !(options.dryRun || options.verify);
