import { printable } from '../admin/printable.ts';
import type { ImportOptions } from './importing.ts';
import { plural } from './plural.ts';
import type { Kind, Outcome } from './report.ts';
import type { Imported } from './run-import.ts';
import { isOnNewestLine, lineHints } from './signs-of-age.ts';

const kinds: readonly Kind[] = ['access token', 'tenant', 'profile', 'attachment'];

/** What is said of each outcome; the first is said even where it is of nothing. */
const sentences: readonly (readonly [Outcome, string])[] = [
  ['imported', 'Imported'],
  ['replaced', 'Replaced or added to'],
  ['disabled', 'Disabled'],
  ['there', 'There already, the same'],
  ['changed here', 'There already, changed here since they were imported, and left so'],
  ['different', 'There already, different in the files, and left as they are'],
  ['missing', 'In the files, and not here'],
];

/** The same of what a dry run leaves undone. */
const planned: ReadonlyMap<Outcome, string> = new Map([
  ['imported', 'Would be imported'],
  ['replaced', 'Would be replaced or added to'],
  ['disabled', 'Would be disabled'],
]);

/** US dollars for a million write units on demand, in most regions. */
const DOLLARS_PER_MILLION = 0.625;

function outcomeLines({ report }: Imported, { verify, dryRun }: ImportOptions): readonly string[] {
  return sentences.flatMap(([outcome, sentence]) => {
    const counts = kinds.flatMap((kind) => {
      const count = report.of(kind, outcome);
      return count > 0 || (outcome === 'imported' && kind !== 'attachment') ? [plural(count, kind)] : [];
    });
    if (counts.length === 0 || (outcome === 'imported' && verify)) return [];
    const said = (dryRun && planned.get(outcome)) || sentence;
    return [`${said}${outcome === 'imported' && !dryRun ? '' : ':'} ${counts.join(', ')}.`];
  });
}

function oddLines({ report }: Imported): readonly string[] {
  return [...report.oddities].map(([kind, { count, fields }]) => {
    const names = [...fields].slice(0, 5).map(([name, times]) => (fields.size === 1 ? name : `${name} ${times}`));
    return `Warning: ${count} × ${kind} (${names.join(', ')}${fields.size > names.length ? ', …' : ''}).`;
  });
}

/** In a local stack, where nothing has to be left to others. */
const PROFILES_A_SECOND = 1500;

const timeOf = (ms: number) => {
  const minutes = Math.ceil(ms / 60_000);
  return minutes < 120 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
};

function costLine(imported: Imported): readonly string[] {
  const { writeUnits, bytes, leastMs } = imported;
  const ms = Math.max(leastMs, (1000 * imported.report.of('profile', 'imported')) / PROFILES_A_SECOND);
  const dollars = (writeUnits / 1_000_000) * DOLLARS_PER_MILLION;
  const megabytes = (bytes / 1_000_000).toFixed(1);
  return [
    `Files: ${megabytes} MB. The import takes about ${timeOf(ms)} and ${writeUnits} write units, in an account some ${dollars.toFixed(2)} USD.`,
  ];
}

/** What an operator is told at the end, line by line. */
export function summaryOf(imported: Imported, options: ImportOptions): readonly string[] {
  const { report, signsOfAge } = imported;
  const lines = [
    ...report.said,
    ...outcomeLines(imported, options),
    ...(options.dryRun ? costLine(imported) : []),
    ...oddLines(imported),
    ...[...report.leftBehind].map(
      ([collection, count]) => `Not imported: ${plural(count, 'document')} of collection "${collection}".`,
    ),
    ...(report.rejected === 0
      ? []
      : [`Rejected: ${plural(report.rejected, 'record')}, with the reason of each in ${report.rejects.path}.`]),
    ...(isOnNewestLine() ? lineHints(signsOfAge) : []),
  ];
  return lines.map(printable);
}

/** Whether anything of the files is here, or would be. */
export function hasTaken({ report }: Imported): boolean {
  const outcomes: readonly Outcome[] = ['imported', 'there', 'changed here', 'different', 'replaced'];
  return kinds.some((kind) => outcomes.some((outcome) => report.of(kind, outcome) > 0));
}

/** Whether what is stored is not what the files have. */
export const hasDifferences = ({ report }: Imported): boolean =>
  kinds.some((kind) =>
    (['missing', 'different', 'changed here'] as const).some((outcome) => report.of(kind, outcome) > 0),
  );
