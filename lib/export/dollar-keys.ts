import { isJsonObject, type JsonValue } from '../../functions/shared/domain/values/json.ts';
import type { JsonText } from '../../functions/shared/domain/values/json-text.ts';

/** Characters of a text that nests so deep at the least. */
const DEEP = 64;
const OPEN = /[[{]/;
const CLOSED = /[\]}]/;

/** Whether brackets lie deeper in one another than that; those within texts count, too. */
function isDeep(text: string): boolean {
  if (text.length < 2 * DEEP) return false;
  let depth = 0;
  for (const character of text) {
    if (OPEN.test(character)) depth++;
    else if (CLOSED.test(character)) depth--;
    if (depth > DEEP) return true;
  }
  return false;
}

/** Whether a reader of extended JSON may take the value for another one: it may have a key such as `$oid`. Quick, and sometimes wrongly true. */
export const mayBeMistaken = ({ text }: JsonText): boolean => text.includes('"$');

/** The same of a value that lies deeper in its document than readers have to go with all that a value may be. */
export const mayBeMistakenWithin = (value: JsonText): boolean => mayBeMistaken(value) || isDeep(value.text);

function hasDollarKeyIn(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.some(hasDollarKeyIn);
  return (
    isJsonObject(value) && Object.entries(value).some(([key, inner]) => key.startsWith('$') || hasDollarKeyIn(inner))
  );
}

/** Whether a key in it begins with `$`, at any depth: the old server's database takes none. */
export const hasDollarKey = (value: JsonText): boolean => mayBeMistaken(value) && hasDollarKeyIn(value.value);
