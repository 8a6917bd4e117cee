import { printable } from '../admin/printable.ts';
import { UsageError } from '../usage-error.ts';
import { openChecked } from './open-checked.ts';
import { KeptLines } from './rejects-file.ts';
import { runImport } from './run-import.ts';
import { summaryOf } from './summary.ts';

/** Hears how far an import is: profiles that are done, and the share of its files that is read. */
export type OnLoaded = (profiles: number, share: number) => void;

const MOST_SHOWN = 20;

/** Why these files are not loaded as they are. */
function refusalOf(paths: readonly string[], rejects: KeptLines, count: number): UsageError {
  const shown = rejects.lines.slice(0, MOST_SHOWN).map((line) => {
    const { file, at, collection, field, reason } = line;
    return `  ${[file, at, collection, field].filter((part) => part !== undefined).join(', ')}: ${reason}`;
  });
  const more = count > shown.length ? [`  and ${count - shown.length} more`] : [];
  return new UsageError(
    `${paths.join(', ')} cannot be loaded as it is:\n${[...shown, ...more].map(printable).join('\n')}`,
  );
}

/** Throws a `UsageError` that names what of these files could not be loaded into an installation that is empty, and not there yet. */
export async function requireLoadable(paths: readonly string[]): Promise<void> {
  const rejects = new KeptLines();
  const { report } = await runImport(await openChecked(paths), {
    dryRun: true,
    forNobody: true,
    folders: paths,
    lines: { rejects },
  });
  if (report.rejected > 0) throw refusalOf(paths, rejects, report.rejected);
}

/** Loads files into an installation that nobody else writes to; answers what was done, line by line. Throws a `UsageError` where a record could not be taken. */
export async function loadPaths(paths: readonly string[], onLoaded?: OnLoaded): Promise<readonly string[]> {
  const rejects = new KeptLines();
  const imported = await runImport(await openChecked(paths), {
    folders: paths,
    lines: { rejects },
    onProgress: ({ profiles, readBytes, allBytes }) => onLoaded?.(profiles, readBytes / Math.max(1, allBytes)),
  });
  if (imported.report.rejected > 0) throw refusalOf(paths, rejects, imported.report.rejected);
  return summaryOf(imported, {});
}
