import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { codeOf, messageOf } from '../../system-errors.ts';
import { UsageError } from '../../usage-error.ts';
import { fileOf } from './bytes.ts';
import { collectionOf, isKnown } from './collection-names.ts';
import { filesOfDatabase } from './databases.ts';
import { type FoundFile, filesOfArchive, filesOfFolder } from './found-files.ts';
import { requireAgreement } from './metadata.ts';
import { type FileParts, type Part, partsOf } from './parts.ts';
import { requireReadable, typeOfFile } from './refusals.ts';
import type { Source, SourceDocument, Unreadable } from './source.ts';

export interface SourceOptions {
  /** Which of several databases is meant. */
  readonly database?: string | undefined;
  /** Which collection the documents of the one file are of. */
  readonly collection?: string | undefined;
}

/** A file that was named itself, or is in what was named. */
interface Chosen extends FoundFile {
  readonly isNamed: boolean;
}

async function chosenOf(path: string, { database }: SourceOptions): Promise<readonly Chosen[]> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new UsageError(`"${path}" does not exist`);
  if (stats.isDirectory()) {
    const files = filesOfDatabase(path, filesOfFolder(path), database);
    return files.map((found) => ({ ...found, isNamed: false }));
  }
  if (!stats.isFile()) throw new UsageError(`"${path}" is neither a file nor a folder: it cannot be read twice`);
  const file = fileOf(path, path, stats.size);
  const type = await typeOfFile(path, file);
  if (type === 'archive') {
    const files = filesOfDatabase(path, await filesOfArchive(file), database);
    return files.map((found) => ({ ...found, isNamed: false }));
  }
  return [{ ...type(basename(path)), isNamed: true }];
}

/** The files of a path; a folder that may not be read, or a name that no system has, is wrong usage, too. */
async function filesOf(path: string, options: SourceOptions): Promise<readonly Chosen[]> {
  try {
    return await chosenOf(path, options);
  } catch (fault) {
    if (codeOf(fault) === undefined) throw fault;
    throw new UsageError(`"${path}" cannot be read: ${messageOf(fault)}`);
  }
}

/** The one kind that the files are of. What nobody has named beside them is left behind, whatever it is. */
function kindOfAll(all: readonly FileParts[]): Source['kind'] {
  const named = all.filter(({ parts, isUnnamed }) => parts.length > 0 && !isUnnamed);
  const [kind, ...others] = new Set(named.map((one) => one.kind));
  const [realm, another] = new Set(named.flatMap((one) => one.realm ?? []));
  const both =
    others.length > 0 ? [kind, ...others].map((one) => one ?? 'Crafter Profile') : [realm, another ?? []].flat();
  if (both.length > 1)
    throw new UsageError(`These are several exports, ${both.join(' and ')}: import one after the other`);
  return kind;
}

const isOfUse = ({ kind, parts }: FileParts) =>
  parts.some(({ collection }) => kind !== undefined || isKnown(collection));

/** Refuses what would import nothing, or what nobody has said the collection of. */
function requireUse(paths: readonly string[], files: readonly Chosen[], all: readonly FileParts[]): void {
  const hint = 'Say with --collection which collection its documents are of';
  const unnamed = files.find((file, index) => file.isNamed && all[index]?.isUnnamed);
  if (unnamed !== undefined)
    throw new UsageError(`The name of "${unnamed.file.name}" is none of a collection. ${hint}`);
  if (all.some(isOfUse)) return;
  const names = files.map(({ file }) => `"${file.name}"`);
  const shown = [...names.slice(0, 10), ...(names.length > 10 ? [`and ${names.length - 10} more`] : [])].join(', ');
  const packed = files.some(({ file }) => /\.(?:tar|tgz|zip|tar\.gz|archive)$/i.test(file.name));
  const unpack = packed ? '. Unpack the backup, and name the archive or the folder of its database' : '';
  throw new UsageError(
    `Nothing of Crafter Profile or of another identity store is in ${paths.map((path) => `"${path}"`).join(', ')}; found: ${shown || 'no file'}${unpack}`,
  );
}

class Files implements Source {
  readonly collections: readonly string[];
  readonly kind: Source['kind'];
  readonly notes: readonly string[];
  readonly bytes: number;
  readonly #parts: readonly Part[];

  constructor(all: readonly FileParts[], notes: readonly string[]) {
    const parts = all.flatMap((one) => one.parts);
    // A realm may be in several files; the first of them is the one that says more than its name.
    const header = parts.find(({ collection }) => collection === 'header');
    this.#parts = parts.filter((part) => part.collection !== 'header' || part === header);
    this.collections = [...new Set(this.#parts.map(({ collection }) => collection))];
    this.kind = kindOfAll(all);
    this.bytes = all.reduce((sum, { parts: [first] }) => sum + (first?.size ?? 0), 0);
    this.notes = [...all.flatMap((one) => one.notes ?? []), ...notes];
  }

  sizeOf(collection: string): number {
    return this.#partsOf(collection).reduce((sum, { size }) => sum + size, 0);
  }

  async *read(collection: string, heard?: (bytes: number) => void): AsyncGenerator<SourceDocument | Unreadable> {
    let behind = 0;
    for (const part of this.#partsOf(collection)) {
      for await (const batch of part.read((bytes) => heard?.(behind + bytes))) yield* batch;
      behind += part.size;
    }
  }

  #partsOf(name: string): readonly Part[] {
    return this.#parts.filter(({ collection }) => collection === name);
  }
}

/** Opens what an import is given: files, folders and archives, as `npm run admin -- import` takes them. Throws a `UsageError`. */
export async function openSource(paths: readonly string[], options: SourceOptions): Promise<Source> {
  const files: Chosen[] = [];
  for (const path of paths) files.push(...(await filesOf(path, options)));
  if (options.database !== undefined && files.every(({ isNamed }) => isNamed))
    throw new UsageError('--database says which one of a folder or an archive is meant, and there is none');
  await requireAgreement(files);
  const data = files.filter(({ type }) => type === 'bson' || type === 'json');
  if (options.collection !== undefined && data.length !== 1)
    throw new UsageError(`--collection says what one file holds, and there are ${data.length}`);
  const all: FileParts[] = [];
  for (const file of files) {
    await requireReadable(file);
    all.push(await partsOf(file, options.collection && collectionOf(options.collection)));
  }
  requireUse(paths, files, all);
  const others = files.filter(({ type }) => type === 'other');
  return new Files(
    all,
    others.map(({ file }) => `${file.name}: passed over, by its name`),
  );
}
