import { isUtf8 } from 'node:buffer';
import type { JsonObject } from '../../../functions/shared/domain/values/json.ts';
import { JSON_LIMIT } from './bounds.ts';
import { type ByteFile, headOf, plainBytes, ReadFault } from './bytes.ts';
import { OPEN_OBJECT, QUOTE } from './json-bytes.ts';
import { jsonDocument } from './json-document.ts';
import { JsonScanner } from './json-scanner.ts';
import { setKey } from './oddities.ts';
import type { Cut, ScanHandlers } from './scan-handlers.ts';
import { isUnreadable } from './source.ts';

type First = JsonObject | 'empty' | 'unreadable' | 'no object';

/** A file that is one object, or begins with one. */
export interface Outer {
  /** Its keys that have lists, each with the first element where that is an object that can be read. */
  readonly lists: ReadonlyMap<string, First>;
  /** Its other keys, with texts as they are. */
  readonly others: JsonObject;
}

/** As far as the handlers want it. */
async function scan(file: ByteFile, handlers: ScanHandlers, isEnough: () => boolean): Promise<void> {
  const scanner = new JsonScanner(handlers, JSON_LIMIT);
  try {
    for await (const chunk of plainBytes(file)) {
      scanner.push(chunk);
      if (isEnough()) return;
    }
  } catch (fault) {
    // Who reads the documents says so.
    if (!(fault instanceof ReadFault)) throw fault;
  }
}

function objectIn(cut: Cut): JsonObject | undefined {
  const read = jsonDocument(cut, { file: '', at: '', number: 1 });
  return isUnreadable(read) ? undefined : read.value;
}

/** The first document of a file that is documents one after another, or one list. */
export async function firstDocumentOf(file: ByteFile): Promise<JsonObject | undefined> {
  let first: JsonObject | undefined;
  let isEnough = false;
  const end = () => {
    isEnough = true;
  };
  const onValue = (cut: Cut) => {
    if (!isEnough) first = objectIn(cut);
    end();
  };
  await scan(file, { onValue, onFault: end }, () => isEnough);
  return first;
}

const firstIn = (cut: Cut): First => (cut.bytes[0] === OPEN_OBJECT ? (objectIn(cut) ?? 'unreadable') : 'no object');

const textIn = ({ bytes }: Cut) => (bytes[0] === QUOTE && isUtf8(bytes) ? bytes.subarray(1, -1).toString() : null);

/** Looks through the first object of a JSON file, a whole list of documents within it perhaps; undefined: it begins with none. */
export async function outerOf(file: ByteFile): Promise<Outer | undefined> {
  const head = (await headOf(file)).toString('utf8').replace(/^\ufeff/, '');
  if (!head.trimStart().startsWith('{')) return undefined;
  const lists = new Map<string, First>();
  const others: Record<string, string | null> = {};
  let isEnough = false;
  const handlers: ScanHandlers = {
    useOf(key, byte) {
      if (byte === '[') {
        lists.set(key, lists.get(key) ?? 'empty');
        return 'elements';
      }
      setKey(others, key, null);
      return byte === '"' ? 'whole' : 'nothing';
    },
    onValue(cut) {
      const { key = '' } = cut;
      const first = lists.get(key);
      if (first === undefined) setKey(others, key, textIn(cut));
      else if (first === 'empty') lists.set(key, firstIn(cut));
    },
    onFault() {
      isEnough = true;
    },
    onEnd() {
      isEnough = true;
    },
  };
  await scan(file, handlers, () => isEnough);
  return { lists, others };
}
