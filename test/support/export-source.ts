import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../functions/shared/domain/values/json.ts';
import type { Source } from '../../lib/import/read/source.ts';

/** As every reader of extended JSON takes it, wherever it stands. */
function plain(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(plain);
  if (!isJsonObject(value)) return value;
  const { $oid, $date, $numberLong } = value;
  if (typeof $oid === 'string') return $oid;
  if ($date !== undefined) return plain($date);
  if (typeof $numberLong === 'string') return Number($numberLong);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

function documentOf(line: string): JsonObject {
  const value = plain(parseJson(line) ?? null);
  if (!isJsonObject(value)) throw new Error('A line is no document');
  return value;
}

const linesOf = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1);

/** The documents of an exported collection, in plain JSON. */
export const documentsOf = (folder: string, name: string): readonly JsonObject[] =>
  linesOf(folder, name).map(documentOf);

/** The collections of an export, as an importer gets them. */
export function exportSource(folder: string): Source {
  const nameOf = (collection: string) => `${collection}.jsonl`;
  return {
    collections: readdirSync(folder).flatMap((name) => /^(.*)\.jsonl$/.exec(name)?.[1] ?? []),
    kind: undefined,
    notes: [],
    sizeOf: (collection) => {
      const path = join(folder, nameOf(collection));
      return existsSync(path) ? statSync(path).size : 0;
    },
    read: async function* (collection) {
      const file = nameOf(collection);
      if (!existsSync(join(folder, file))) return;
      for (const [at, value] of documentsOf(folder, file).entries())
        yield { file, at: `line ${at + 1}`, number: at + 1, value, oddities: [] };
    },
  };
}
