import { dateMsOf } from '../../../functions/shared/domain/values/date.ts';
import { type Decimal, decimalOf, numberOf } from '../../../functions/shared/domain/values/exact-number.ts';
import type { JsonValue } from '../../../functions/shared/domain/values/json.ts';
import { odd, type Walk } from './oddities.ts';

// What each type of the database becomes in plain JSON. BSON and both generations of extended JSON are read by these alone.

/** Epoch milliseconds; `text` is what it becomes where no date can be of so many. */
export function dateFrom(ms: number | undefined, text: string, walk: Walk): JsonValue {
  const date = dateMsOf(ms);
  if (date !== undefined) return date;
  walk.note(odd.date);
  return text;
}

const notFinite: Readonly<Record<string, string>> = {
  nan: 'NaN',
  infinity: 'Infinity',
  inf: 'Infinity',
  '+infinity': 'Infinity',
  '-infinity': '-Infinity',
  '-inf': '-Infinity',
};

export function doubleFrom(value: number, walk: Walk): JsonValue {
  if (Number.isFinite(value)) return value;
  walk.note(odd.number);
  return String(value);
}

/** A number in decimal digits; one of the JavaScript kind such as `0x10`, or a blank, is none. */
const decimal = /^(?<sign>[+-]?)(?<whole>\d*)(?:\.(?<fraction>\d*))?(?:[eE](?<power>[+-]?\d{1,9}))?$/;

/** The literal of JSON that says the same. */
function literalOf(text: string): string | undefined {
  const { sign, whole = '', fraction = '', power } = decimal.exec(text)?.groups ?? {};
  if (whole + fraction === '') return undefined;
  const integer = whole.replace(/^0+(?=\d)/, '') || '0';
  return `${sign === '-' ? '-' : ''}${integer}${fraction && `.${fraction}`}${power === undefined ? '' : `e${power}`}`;
}

const isZero = ({ digits }: Decimal) => digits === '';

/** A number out of its text, to the last digit; undefined for a text that says none. */
export function numberFrom(text: string, walk: Walk): JsonValue | undefined {
  const special = notFinite[text.toLowerCase()];
  if (special !== undefined) {
    walk.note(odd.number);
    return special;
  }
  const literal = literalOf(text);
  if (literal === undefined) return undefined;
  const double = Number(literal);
  if (Number.isFinite(double) && (double !== 0 || isZero(decimalOf(literal)))) return numberOf(literal);
  walk.note(odd.decimal);
  return text;
}

const uuidText = (bytes: Buffer) => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

/** The Java driver wrote the two halves of a UUID as numbers, the lowest byte first. */
const javaOrder = (bytes: Buffer) =>
  Buffer.concat([Buffer.from(bytes.subarray(0, 8)).reverse(), Buffer.from(bytes.subarray(8)).reverse()]);

export function binaryFrom(bytes: Buffer, subtype: number, walk: Walk): JsonValue {
  if (subtype === 4 && bytes.length === 16) return uuidText(bytes);
  if (subtype === 3 && bytes.length === 16) return uuidText(javaOrder(bytes));
  if (subtype !== 0 && subtype !== 2) walk.note(odd.binary);
  return bytes.toString('base64');
}

export function regexFrom(pattern: string, walk: Walk): JsonValue {
  walk.note(odd.regex);
  return pattern;
}

export function codeFrom(code: string, walk: Walk): JsonValue {
  walk.note(odd.code);
  return code;
}

export function timestampFrom(seconds: number, increment: number, walk: Walk): JsonValue {
  walk.note(odd.timestamp);
  return `Timestamp(${seconds}, ${increment})`;
}

export function extremeFrom(name: 'MinKey' | 'MaxKey', walk: Walk): JsonValue {
  walk.note(odd.extreme);
  return name;
}

/** A DBRef or a DBPointer. */
export function referenceFrom(collection: string, id: JsonValue, walk: Walk): JsonValue {
  walk.note(odd.reference);
  return `${collection}/${typeof id === 'string' ? id : JSON.stringify(id)}`;
}
