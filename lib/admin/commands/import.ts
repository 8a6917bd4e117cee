import { typedPath } from '../../command-line.ts';
import type { Source } from '../../import/read/source.ts';
import { UsageError } from '../../usage-error.ts';
import type { AdminCommand } from '../admin-command.ts';
import { type OptionValues, whereOptions } from '../command-options.ts';
import { printable } from '../printable.ts';
import { targetArguments, useTarget } from '../target.ts';

/** Not all of the files was taken, or is stored as it is there. */
const REJECTED = 3;

const REJECTS_FILE = 'import-rejects.jsonl';
const NEW_IDS_FILE = 'import-ids.jsonl';
const MISSING_FILE = 'import-missing.jsonl';
const KEPT_FOLDER = 'import-kept';

function optionsOf(values: OptionValues) {
  const { verify, update } = values;
  const writing = ['merge-tenants', 'update', 'disable-missing', 'keep-all'] as const;
  const both = writing.filter((name) => values[name]);
  if (verify && both.length > 0) throw new UsageError(`--verify writes nothing: leave --${both.join(', --')} out`);
  if (verify && values['dry-run'])
    throw new UsageError('--verify compares, and --dry-run checks what would be done: give one of them');
  if (values['disable-missing'] && !update) throw new UsageError('--disable-missing goes with --update');
  return {
    dryRun: values['dry-run'],
    verify,
    update,
    mergeTenants: values['merge-tenants'],
    disableMissing: values['disable-missing'],
    newIds: values['new-ids'],
  };
}

async function sourceOf(values: OptionValues, paths: readonly string[]) {
  const { openChecked } = await import('../../import/open-checked.ts');
  const { database, collection } = values;
  return openChecked(paths, {
    ...(database === undefined ? {} : { database }),
    ...(collection === undefined ? {} : { collection }),
  });
}

/** Users of another store as what they become; their files are looked through once before. */
async function fromStore(source: Source, values: OptionValues) {
  const { sourceFrom } = await import('../../import/from/from-options.ts');
  const { findTenant } = await import('../../../functions/shared/repositories/tenants.ts');
  const { from, tenant, 'make-definitions': makeDefinitions, 'firebase-keys': keys } = values;
  if (from !== undefined) console.error('Looking through the users …');
  const firebaseKeys = keys === undefined ? undefined : typedPath(keys);
  return sourceFrom(source, { from, tenant, makeDefinitions, firebaseKeys }, findTenant);
}

async function runImportCommand(values: OptionValues, _first: string, typed: readonly string[]): Promise<void> {
  const { keepMemoryLean } = await import('../../import/lean-memory.ts');
  const { runImport } = await import('../../import/run-import.ts');
  const { LinesFile } = await import('../../import/rejects-file.ts');
  const { hasDifferences, hasTaken, summaryOf } = await import('../../import/summary.ts');
  const { KeptFolder } = await import('../../import/kept-folder.ts');
  const { tellingProgress } = await import('../../import/progress-line.ts');
  const { ENTRY_PACE_MS } = await import('../../../functions/sweep-tenants.ts');
  const { expiredTokenWarnings } = await import('../expired-tokens.ts');
  const paceMs = values.local || values.directory !== undefined ? 0 : ENTRY_PACE_MS;
  const asked = optionsOf(values);
  keepMemoryLean();
  const folders = typed.map((path) => typedPath(path));
  const found = await sourceOf(values, folders);
  await useTarget(values);
  const { source, mergesTenants } = await fromStore(found, values);
  const mergeTenants = asked.mergeTenants || (mergesTenants && !asked.verify);
  const keptFolder = values['keep-all'] ? new KeptFolder(typedPath(KEPT_FOLDER)) : undefined;
  const options = { ...asked, mergeTenants, paceMs, keptFolder };
  const file = (name: string) => new LinesFile(typedPath(name));
  const lines = { rejects: file(REJECTS_FILE), newIds: file(NEW_IDS_FILE), missing: file(MISSING_FILE) };
  for (const note of source.notes) console.error(printable(note));
  const progress = tellingProgress();
  const imported = await runImport(source, { ...options, folders, lines, onProgress: progress.hear }).finally(
    progress.end,
  );
  for (const line of summaryOf(imported, options)) console.log(line);
  if (!hasTaken(imported) && !options.verify) console.log('Nothing was imported.');
  if (imported.report.rejected > 0 || !hasTaken(imported) || (options.verify && hasDifferences(imported)))
    process.exitCode = REJECTED;
  if (options.dryRun || options.verify) return;
  for (const line of await expiredTokenWarnings(targetArguments(values), Date.now())) console.error(line);
}

/** Loads data of the replaced server, or of another identity store. */
export const importCommand: AdminCommand = {
  name: 'import',
  summary:
    'load a dump, an export or a backup of the old server: a file, a folder or an archive; ends with 3 where something was not taken',
  argument: { name: 'PATH…', isOptional: false, isMany: true },
  options: [
    'dry-run',
    'verify',
    'update',
    'disable-missing',
    'merge-tenants',
    'new-ids',
    'keep-all',
    'from',
    'tenant',
    'make-definitions',
    'firebase-keys',
    'database',
    'collection',
    ...whereOptions,
  ],
  notes: { tenant: 'with --from: the tenant that the users come to' },
  run: runImportCommand,
};
