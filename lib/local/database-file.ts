import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { messageOf } from '../system-errors.ts';
import { UsageError } from '../usage-error.ts';

/** Tables that every file of the engine has. */
const engineTables = ['_config', '_tables'];
const remedy = 'move it away, or name another folder with --directory DIR';

/** Without its log, SQLite may look at the file as one that never changes, and leaves nothing beside it. */
function tablesIn(file: string): readonly unknown[] {
  const url = pathToFileURL(file);
  if (!existsSync(`${file}-wal`)) url.searchParams.set('immutable', '1');
  const database = new DatabaseSync(url, { readOnly: true });
  try {
    const rows = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
    return rows.map(({ name }) => name);
  } finally {
    database.close();
  }
}

/**
 * Refuses a data file that is damaged, or of another program: the engine would put its own tables into it. Throws a `UsageError` with SQLite's own
 * words. A file that is not there, or empty, is fine.
 */
export function requireEngineFile(file: string): void {
  if (!existsSync(file)) return;
  const tables = readTables(file);
  if (tables.length > 0 && !engineTables.every((table) => tables.includes(table)))
    throw new UsageError(`The data file ${file} is the database of another program: ${remedy}`);
}

function readTables(file: string): readonly unknown[] {
  try {
    return tablesIn(file);
  } catch (error) {
    throw new UsageError(`The data file ${file} cannot be used (${messageOf(error)}): ${remedy}`);
  }
}

/** Since when there are data in the file; undefined where there is none, or the disk does not tell. */
export function keptSince(file: string): Date | undefined {
  const { birthtime, size } = statSync(file, { throwIfNoEntry: false }) ?? {};
  return size && birthtime?.getTime() ? birthtime : undefined;
}
