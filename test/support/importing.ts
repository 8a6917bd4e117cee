import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSource } from '../../lib/import/read/open-source.ts';
import { KeptLines } from '../../lib/import/rejects-file.ts';
import { type RunOptions, runImport } from '../../lib/import/run-import.ts';
import { summaryOf } from '../../lib/import/summary.ts';

/** Imports files into the installation that the environment names; answers what an operator is told, and what was rejected. */
export async function importing(paths: readonly string[], options: RunOptions = {}) {
  const [rejects, newIds, missing] = [new KeptLines(), new KeptLines(), new KeptLines()];
  const imported = await runImport(await openSource(paths, {}), { lines: { rejects, newIds, missing }, ...options });
  return {
    ...imported,
    lines: summaryOf(imported, options),
    rejects: rejects.lines,
    newIds: newIds.lines,
    missing: missing.lines,
  };
}

/** The same of a file with this text. */
export async function importingText(text: string, options: RunOptions = {}, name = 'export.json') {
  const directory = mkdtempSync(join(tmpdir(), 'import-'));
  try {
    writeFileSync(join(directory, name), text);
    return await importing([join(directory, name)], options);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The same of a file with a list for each of these collections. */
export const importingCollections = (collections: unknown, options: RunOptions = {}) =>
  importingText(JSON.stringify(collections), options);
