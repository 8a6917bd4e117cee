import type { JsonObject, JsonValue } from '../../../functions/shared/domain/values/json.ts';
import { UsageError } from '../../usage-error.ts';
import type { Batch, Heard } from './batch.ts';
import { readBson } from './bson-file.ts';
import type { ByteFile } from './bytes.ts';
import { collectionInName, collectionOf, isKnown } from './collection-names.ts';
import { readCsv } from './csv-file.ts';
import type { FoundFile } from './found-files.ts';
import { readHeader } from './header.ts';
import { readJson } from './json-file.ts';
import { firstDocumentOf, type Outer, outerOf } from './json-shape.ts';
import { kindOf, kindOfColumns, kindOfOuter } from './shapes.ts';
import { isUnreadable, type SourceKind } from './source.ts';

/** One file's share of a collection. */
export interface Part {
  readonly collection: string;
  readonly size: number;
  read(heard?: Heard): AsyncIterable<Batch>;
}

/** What is in a file. */
export interface FileParts {
  readonly parts: readonly Part[];
  readonly kind?: SourceKind;
  readonly notes?: readonly string[];
  /** Documents of a collection that nobody has named. */
  readonly isUnnamed?: boolean;
  /** Of Keycloak. */
  readonly realm?: JsonValue | undefined;
}

const USERS = 'users';
const HEADER = 'header';

const documents = (collection: string, file: ByteFile): Part => ({
  collection,
  size: file.size,
  read: (heard) => readJson(file, undefined, heard),
});

const lists = (collection: string, file: ByteFile, isRead: (key: string) => boolean): Part => ({
  collection,
  size: file.size,
  read: (heard) => readJson(file, isRead, heard),
});

/** The list of an outer object in which another store's users are. */
function usersOf({ lists }: Outer): readonly [key: string, first: JsonObject | undefined] | undefined {
  for (const key of [USERS, 'Users', 'identities']) {
    const first = lists.get(key);
    if (first !== undefined) return [key, typeof first === 'string' ? undefined : first];
  }
  return undefined;
}

function partsOfStore(file: ByteFile, outer: Outer): FileParts | undefined {
  const [key, first] = usersOf(outer) ?? [];
  const kind = kindOfOuter(outer.others, first);
  if (kind === undefined) return undefined;
  const header: Part = { collection: HEADER, size: file.size, read: (heard) => readHeader(file, key, heard) };
  const users = key === undefined ? [] : [lists(USERS, file, (read) => read === key)];
  return { kind, parts: [header, ...users], realm: outer.others.realm };
}

/** One object with a list for each collection, known ones among them. Throws a `UsageError`. */
function partsOfSeed(file: ByteFile, outer: Outer): FileParts | undefined {
  const keys = [...outer.lists].filter(([, first]) => first !== 'no object').map(([key]) => key);
  if (!keys.some((key) => isKnown(collectionOf(key)))) return undefined;
  const collections = new Set(keys.map(collectionOf));
  const renamed = keys.filter((key) => key.toLowerCase() !== collectionOf(key));
  const others = [...Object.keys(outer.others), ...[...outer.lists.keys()].filter((key) => !keys.includes(key))];
  const wrong = others.find((key) => isKnown(collectionOf(key)));
  if (wrong !== undefined) throw new UsageError(`"${wrong}" in "${file.name}" is no list of documents`);
  return {
    parts: [...collections].map((name) => lists(name, file, (key) => collectionOf(key) === name)),
    notes: [
      ...renamed.map((key) => `${file.name}: "${key}" is taken for "${collectionOf(key)}"`),
      ...others.map((key) => `${file.name}: "${key}" is no list of documents and is passed over`),
    ],
  };
}

async function partsOfJson({ base, file }: FoundFile, named: string | undefined): Promise<FileParts> {
  if (named !== undefined) return { parts: [documents(named, file)] };
  const outer = await outerOf(file);
  const outerParts = outer && (partsOfStore(file, outer) ?? partsOfSeed(file, outer));
  if (outerParts !== undefined) return outerParts;
  const inName = collectionInName(base);
  const first = await firstDocumentOf(file);
  const kind = first && kindOf(first);
  if (kind !== undefined && inName === undefined) return { kind, parts: [documents(USERS, file)] };
  return { parts: [documents(inName ?? collectionOf(base), file)], isUnnamed: inName === undefined };
}

async function partsOfCsv(file: ByteFile): Promise<FileParts> {
  const part: Part = { collection: USERS, size: file.size, read: (heard) => readCsv(file, heard) };
  for await (const batch of part.read()) {
    const [first] = batch;
    const kind = first && !isUnreadable(first) ? kindOfColumns(Object.keys(first.value)) : undefined;
    if (kind !== undefined) return { kind, parts: [part] };
    if (first !== undefined) break;
  }
  return {
    parts: [],
    notes: [`${file.name}: its first line names no columns of another store's export, and it is passed over`],
  };
}

/** What a file holds. `named` is the collection that the caller says its documents are of. */
export async function partsOf(found: FoundFile, named: string | undefined): Promise<FileParts> {
  const { type, base, file } = found;
  if (type === 'json') return partsOfJson(found, named);
  if (type === 'csv') return partsOfCsv(file);
  if (type !== 'bson') return { parts: [] };
  const collection = named ?? collectionOf(base);
  const part: Part = { collection, size: file.size, read: (heard) => readBson(file, heard) };
  return { parts: [part], isUnnamed: named === undefined && !isKnown(collection) };
}
