import * as z from 'zod/mini';
import { ApiError } from '../../functions/shared/errors/api-error.ts';
import { isUnreadable, type Oddity, type Source } from './read/source.ts';
import { Fields } from './records/fields.ts';
import { Rejected } from './records/rejected.ts';
import { type ImportReport, type Origin, originOf } from './report.ts';

/** A record with where it came from. */
export interface Found<Record> {
  readonly record: Record;
  readonly origin: Origin;
}

/** Why a document was not taken: by the rules of an import, or by those of the API. */
function faultOf(fault: unknown): Rejected {
  if (fault instanceof Rejected) return fault;
  if (fault instanceof ApiError) return new Rejected(undefined, fault.message);
  if (fault instanceof z.core.$ZodError) return new Rejected(fault.issues[0]?.path.join('.'), 'is not valid');
  throw fault;
}

/** Does what may refuse a record, and writes that down; undefined where it did. */
export function attempt<Result>(report: ImportReport, origin: Origin, work: () => Result): Result | undefined {
  try {
    return work();
  } catch (fault) {
    const { field, message } = faultOf(fault);
    report.reject(origin, field, message);
    return undefined;
  }
}

/** Hears how many bytes of a collection are behind; tells how many more these are. */
function moreOf(heard: (more: number) => void): (behind: number) => void {
  let before = 0;
  return (behind) => {
    heard(behind - before);
    before = behind;
  };
}

/** The records of a collection, one after the other; what cannot be taken is told. `heard` is told how many bytes more are behind. */
export async function* readRecords<Record>(
  { source, report }: { readonly source: Source; readonly report: ImportReport },
  collection: string,
  recordOf: (fields: Fields) => Record,
  heard?: (bytes: number) => void,
): AsyncGenerator<Found<Record>> {
  for await (const read of source.read(collection, heard && moreOf(heard))) {
    const origin = originOf(collection, read);
    if (isUnreadable(read)) {
      report.reject(origin, read.field, read.reason);
      continue;
    }
    const oddities: Oddity[] = [...read.oddities];
    const record = attempt(report, origin, () => recordOf(new Fields(read.value, (oddity) => oddities.push(oddity))));
    if (record === undefined) continue;
    for (const oddity of oddities) report.odd(oddity);
    yield { record, origin };
  }
}
