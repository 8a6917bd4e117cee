import type { JsonObject } from '../../../functions/shared/domain/values/json.ts';
import type { Batch, Heard } from './batch.ts';
import { JSON_LIMIT } from './bounds.ts';
import { type ByteFile, plainBytes, ReadFault } from './bytes.ts';
import { jsonDocument } from './json-document.ts';
import { JsonScanner } from './json-scanner.ts';
import type { Cut } from './scan-handlers.ts';
import { isUnreadable, type Oddity } from './source.ts';

/** A member alone, as an object of its own. */
function objectOf(cut: Cut): Cut {
  const bytes = Buffer.concat([Buffer.from(`{${JSON.stringify(cut.key)}:`), cut.bytes, Buffer.from('}')]);
  return { ...cut, bytes, members: cut.members + 1 };
}

/** All members of a file's outer object but the list of its users, as one document. What of it cannot be read is left out: users are not lost by it. */
export async function* readHeader(file: ByteFile, users: string | undefined, heard?: Heard): AsyncGenerator<Batch> {
  const members: [string, JsonObject[string]][] = [];
  const oddities: Oddity[] = [];
  const place = { file: file.name, at: 'line 1', number: 1 };
  const onValue = (cut: Cut) => {
    const read = jsonDocument(objectOf(cut), place);
    if (isUnreadable(read)) return;
    members.push(...Object.entries(read.value));
    oddities.push(...read.oddities);
  };
  const useOf = (key: string) => (key === users ? 'nothing' : 'whole');
  const scanner = new JsonScanner({ onValue, onFault: () => {}, useOf }, JSON_LIMIT);
  try {
    for await (const chunk of plainBytes(file, heard)) scanner.push(chunk);
  } catch (fault) {
    if (!(fault instanceof ReadFault)) throw fault;
  }
  yield [{ ...place, value: Object.fromEntries(members), oddities }];
}
