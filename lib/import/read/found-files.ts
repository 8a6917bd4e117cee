import { readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { UsageError } from '../../usage-error.ts';
import { listArchive } from './archive.ts';
import { FILES_LIMIT, FOLDERS_LIMIT, NAME_LIMIT } from './bounds.ts';
import { type ByteFile, fileOf, ReadFault } from './bytes.ts';
import { requireNoExport, requireNoManifest } from './hidden-export.ts';

/** What a file is by the end of its name. */
export type FileType = 'bson' | 'json' | 'csv' | 'metadata' | 'other';

/** A file below a folder or in an archive. */
export interface FoundFile {
  /** Names of the folders on the way to it, the first of them the one that was named. */
  readonly folders: readonly string[];
  readonly type: FileType;
  /** Its name without endings, decoded: a collection's, as a rule. */
  readonly base: string;
  readonly file: ByteFile;
}

const endings: readonly (readonly [RegExp, FileType])[] = [
  [/\.metadata\.json(?:\.gz)?$/i, 'metadata'],
  [/\.bson(?:\.gz)?$/i, 'bson'],
  [/\.(?:json|jsonl|ndjson)(?:\.gz)?$/i, 'json'],
  [/\.csv(?:\.gz)?$/i, 'csv'],
];

/** mongodump's own files, the list of an export of ours, and what systems leave in folders. */
const passedOver = /^(?:prelude\.json|oplog\.bson|manifest\.json)(?:\.gz)?$|^system\.|^\./i;
const databasesOfTheServer = ['admin', 'config', 'local'];

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** A file by its name. */
export function foundFile(folders: readonly string[], name: string, file: ByteFile): FoundFile {
  const [ending, type] = endings.find(([form]) => form.test(name)) ?? [/$/, 'other' as const];
  return { folders, type, base: decoded(name.replace(ending, '')), file };
}

function* filesBelow(path: string, folders: readonly string[], shown: string): Generator<FoundFile> {
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const isOurExport = entries.some(({ name }) => name === 'manifest.json');
  for (const entry of entries) {
    const [inner, name] = [join(path, entry.name), join(shown, entry.name)];
    if (entry.name === 'manifest.json' && shown !== '') requireNoManifest(inner, path);
    if (passedOver.test(entry.name)) continue;
    if (entry.isDirectory()) {
      if (databasesOfTheServer.includes(entry.name) || (isOurExport && entry.name === 'attachments')) continue;
      if (folders.length > FOLDERS_LIMIT) throw new UsageError(`"${path}" holds too many folders in one another`);
      yield* filesBelow(inner, [...folders, decoded(entry.name)], name);
      continue;
    }
    const stats = statSync(inner, { throwIfNoEntry: false });
    if (stats?.isFile()) yield foundFile(folders, entry.name, fileOf(inner, name, stats.size));
  }
}

/** All files of a folder that may be of use, in the order of their names. */
export function filesOfFolder(path: string): readonly FoundFile[] {
  const found: FoundFile[] = [];
  for (const file of filesBelow(path, [basename(resolve(path))], '')) {
    if (found.length === FILES_LIMIT) throw new UsageError(`"${path}" holds more than ${FILES_LIMIT} files`);
    if (file.file.name.length > NAME_LIMIT) throw new UsageError(`"${path}" holds a name that is too long`);
    found.push(file);
  }
  return found;
}

/** The same of a tar archive. */
export async function filesOfArchive(archive: ByteFile): Promise<readonly FoundFile[]> {
  try {
    const entries = await listArchive(archive);
    await requireNoExport(archive.name, entries);
    return [...entries]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([path, file]) => {
        const segments = path.split('/');
        const name = segments.pop() ?? '';
        const isPassed =
          passedOver.test(name) ||
          segments.some((folder) => databasesOfTheServer.includes(folder) || folder.startsWith('.'));
        const root = basename(archive.name).replace(/\.(?:tar|tgz|gz|tar\.gz)$/i, '');
        return isPassed
          ? []
          : [foundFile([root, ...segments.filter((folder) => folder !== '.').map(decoded)], name, file)];
      });
  } catch (fault) {
    if (fault instanceof ReadFault) throw new UsageError(`"${archive.name}" ${fault.message}`);
    throw fault;
  }
}
