import { parse } from 'csv-parse';
import type { JsonObject } from '../../../functions/shared/domain/values/json.ts';
import type { Batch, Heard } from './batch.ts';
import { JSON_LIMIT } from './bounds.ts';
import { type ByteFile, plainBytes, ReadFault } from './bytes.ts';
import { setKey } from './oddities.ts';
import { pumped } from './pumped.ts';
import type { Place, SourceDocument, Unreadable } from './source.ts';

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** A quote that nobody closes would make one row of all that is left. */
const parser = () =>
  parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true, max_record_size: JSON_LIMIT });

function objectOf(header: readonly string[], record: readonly string[]): JsonObject {
  const object: Record<string, string> = {};
  for (const [index, key] of header.entries()) setKey(object, key, record[index] ?? '');
  return object;
}

function documentOf(header: readonly string[], record: readonly string[], place: Place): SourceDocument | Unreadable {
  if (record.length !== header.length)
    return { ...place, reason: `has ${record.length} columns, the first line ${header.length}` };
  if (record.some((text) => text.includes('\ufffd'))) return { ...place, reason: 'is no UTF-8' };
  return { ...place, value: objectOf(header, record), oddities: [] };
}

/** The rows of a CSV file by the names in its first line, all as text, in batches. */
export async function* readCsv(file: ByteFile, heard?: Heard): AsyncGenerator<Batch> {
  let header: readonly string[] | undefined;
  let number = 0;
  let line = 1;
  try {
    for await (const rows of pumped<Row>(plainBytes(file, heard), parser())) {
      const batch: (SourceDocument | Unreadable)[] = [];
      for (const { record, info } of rows) {
        line = info.lines;
        if (header === undefined) header = record;
        else {
          number += 1;
          batch.push(documentOf(header, record, { file: file.name, at: `line ${line}`, number }));
        }
      }
      yield batch;
    }
  } catch (fault) {
    const why = fault instanceof ReadFault ? `the file ${fault.message}` : 'is no CSV';
    yield [
      {
        file: file.name,
        at: `after line ${line}`,
        number: number + 1,
        reason: `${why}; the rest of the file is not read`,
      },
    ];
  }
}
