import { importAccessTokens } from './access-tokens.ts';
import { GridFsImport } from './grid-fs.ts';
import { emptyInstallation, installation } from './import-store.ts';
import type { Importing, ImportOptions } from './importing.ts';
import { listMissing } from './missing-profiles.ts';
import { importOwnAttachments, OWN_ATTACHMENTS } from './own-attachments.ts';
import { ProfileImport } from './profiles.ts';
import type { Source } from './read/source.ts';
import { KeptLines, type Lines } from './rejects-file.ts';
import { ImportReport } from './report.ts';
import { isOnNewestLine, SignsOfAge } from './signs-of-age.ts';
import { ImportedTenants } from './tenants.ts';

/** What an import reads; everything else in the files is left behind. */
const READ = ['accesstoken', 'tenant', 'profile', 'fs.files', 'fs.chunks', OWN_ATTACHMENTS];

/** Where an import writes down what the operator has to look after. */
export interface ImportLines {
  /** Records that were not taken. */
  readonly rejects: Lines;
  /** Ids that profiles got in place of their own. */
  readonly newIds: Lines;
  /** Profiles that are not in the files any more. */
  readonly missing: Lines;
}

/** What an import has done, and what it found out. */
export interface Imported {
  readonly report: ImportReport;
  /** What makes the data look older than server 3.1.5, in words. */
  readonly signsOfAge: readonly string[];
  /** Units that writing the profiles takes, or took. */
  readonly writeUnits: number;
  /** How long the new profiles take at least at the pace of the import, in milliseconds. */
  readonly leastMs: number;
  /** Bytes of the files, as they lie on the disk. */
  readonly bytes: number;
}

/** How far an import is. */
export interface Heard {
  readonly profiles: number;
  readonly readBytes: number;
  readonly allBytes: number;
}

/** How an import is called. */
export interface RunOptions extends ImportOptions {
  /** Checks for an installation that is empty, and not there yet. */
  readonly forNobody?: boolean;
  /** Those that were named: the bytes of attachments lie below them where the files are an export of our own. */
  readonly folders?: readonly string[];
  /** Kept in memory where they are not given. */
  readonly lines?: Partial<ImportLines>;
  readonly onProgress?: (heard: Heard) => void;
}

/** Whether profiles are looked for that are not in the files any more. */
const looksForMissing = ({ update, disableMissing, verify }: ImportOptions) => update || disableMissing || verify;

/** What an import writes down anew. The rest stays as an earlier one left it: ids that profiles got are told nowhere else. */
const writtenBy = (options: ImportOptions, { rejects, newIds, missing }: ImportLines): readonly Lines[] => [
  rejects,
  ...(options.newIds && !(options.dryRun || options.verify) ? [newIds] : []),
  ...(looksForMissing(options) ? [missing] : []),
];

async function countLeftBehind({ source, report }: Importing): Promise<void> {
  for (const collection of source.collections.filter((name) => !READ.includes(name))) {
    let count = 0;
    for await (const _document of source.read(collection)) count++;
    if (count > 0) report.leftBehind.set(collection, count);
  }
}

async function importAll(
  importing: Importing,
  lines: ImportLines,
  folders: readonly string[],
  hear: (profiles: ProfileImport) => void,
) {
  const signs = new SignsOfAge();
  const tenants = new ImportedTenants(importing);
  const profiles = new ProfileImport(importing, tenants, lines.newIds);
  hear(profiles);
  await tenants.import(signs);
  await importAccessTokens(importing, signs);
  await profiles.run();
  if (importing.source.collections.includes('fs.files')) await new GridFsImport(importing, profiles.ids).run();
  if (importing.source.collections.includes(OWN_ATTACHMENTS))
    await importOwnAttachments(importing, profiles.ids, folders);
  if (looksForMissing(importing.options)) await listMissing(importing, tenants, profiles.ids, lines.missing);
  tenants.sayWhatIsLeftOut();
  await countLeftBehind(importing);
  return { signsOfAge: signs.inWords, writeUnits: profiles.writeUnits, leastMs: profiles.leastMs };
}

/**
 * Imports what a source has into the installation that the environment names. Every record is stored whole or not at all, what is there stays, and what cannot be taken
 * is written down with its reason: so it can be killed at any moment and called again. Rejects where the files or the store cannot be reached.
 */
export async function runImport(source: Source, options: RunOptions = {}): Promise<Imported> {
  const { forNobody = false, lines: given, folders = [], onProgress, ...rest } = options;
  const lines: ImportLines = { rejects: new KeptLines(), newIds: new KeptLines(), missing: new KeptLines(), ...given };
  // A setting that is none is told before anything is stored.
  isOnNewestLine();
  for (const one of writtenBy(rest, lines)) one.clear();
  rest.keptFolder?.check();
  const report = new ImportReport(lines.rejects);
  // A file with several collections is read once for each of them.
  const allBytes = READ.reduce((sum, collection) => sum + source.sizeOf(collection), 0);
  let readBytes = 0;
  let profiles: ProfileImport | undefined;
  const heard = (more: number) => {
    readBytes += more;
    onProgress?.({ profiles: profiles?.done ?? 0, readBytes, allBytes });
  };
  const stored = forNobody ? emptyInstallation : installation;
  const importing: Importing = { source, options: rest, stored, report, nowMs: Date.now(), heard };
  try {
    const done = await importAll(importing, lines, folders, (one) => {
      profiles = one;
    });
    // What came last has been read before it was stored.
    heard(0);
    return { report, bytes: source.bytes, ...done };
  } finally {
    for (const one of Object.values(lines)) one.close();
  }
}
