import { isUtf8 } from 'node:buffer';
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseJson,
} from '../../../functions/shared/domain/values/json.ts';
import { DEPTH_LIMIT, JSON_LIMIT } from './bounds.ts';
import { plainMembers } from './extended-json.ts';
import { odd, Walk } from './oddities.ts';
import type { Cut } from './scan-handlers.ts';
import type { Position } from './scanned-bytes.ts';
import { secondLook } from './second-look.ts';
import { withoutShellForms } from './shell-forms.ts';
import type { Place, SourceDocument, Unreadable } from './source.ts';

/** `line 12`, or with the column where it is not the first. */
export const placeAt = ({ line, column }: Position): string =>
  column === 1 ? `line ${line}` : `line ${line}, column ${column}`;

/** Only an ObjectId is told: other ids may be those of access tokens, which are secrets. */
const leadingId = /^\{\s*"_id"\s*:\s*(?:\{\s*"\$oid"\s*:\s*|ObjectId\(\s*)?"([0-9a-fA-F]{24})"/;

const idIn = (bytes: Buffer): string | undefined =>
  leadingId.exec(bytes.subarray(0, 200).toString('latin1'))?.[1]?.toLowerCase();

const illFormed = /\\u[dD][89a-fA-F]/;

/** Path of the first text that is not Unicode; an object's own keys are said by the path of the object. */
function illFormedIn(value: JsonValue, path: readonly string[]): readonly string[] | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? undefined : path;
  if (!Array.isArray(value) && !isJsonObject(value)) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (!key.isWellFormed()) return path;
    const found = illFormedIn(inner, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

const countKeys = (value: JsonValue): number => {
  if (Array.isArray(value)) return value.reduce((sum, inner) => sum + countKeys(inner), 0);
  if (!isJsonObject(value)) return 0;
  let count = 0;
  for (const key of Object.keys(value)) count += 1 + countKeys(value[key] ?? null);
  return count;
};

function parsed(text: string, hasOddNumbers: boolean): JsonValue | undefined {
  if (hasOddNumbers) return parseJson(text);
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

function positionIn(text: string, at: number, start: Position): Position {
  const lines = text.slice(0, at).split('\n');
  const last = lines.at(-1) ?? '';
  return lines.length === 1
    ? { line: start.line, column: start.column + last.length }
    : { line: start.line + lines.length - 1, column: last.length + 1 };
}

function whyNoJson(text: string, cut: Cut): string {
  const { errorAt = 0 } = secondLook(text);
  const { line, column } = positionIn(text, errorAt, cut);
  return `is no JSON at line ${line}, column ${column}: write it with mongoexport`;
}

/** The documents' own value, out of JSON or the shell's forms, with what is odd about its keys; or why there is none. */
function readText(text: string, cut: Cut, walk: Walk): JsonObject | string {
  const json = parsed(text, cut.hasOddNumbers);
  const value = json ?? parseJson(withoutShellForms(text));
  if (value === undefined) return whyNoJson(text, cut);
  if (!isJsonObject(value)) return 'is no document';
  if (json === undefined || countKeys(value) !== cut.members)
    for (const path of secondLook(text).repeated)
      walk.oddities.push({ kind: odd.lastOfRepeated, field: path.join('.') });
  return value;
}

/** A document that was cut out of a stream, in plain JSON. */
export function jsonDocument(cut: Cut, place: Place): SourceDocument | Unreadable {
  const refuse = (reason: string, field?: string): Unreadable => ({
    ...place,
    id: cut.isLong ? undefined : idIn(cut.bytes),
    field,
    reason,
  });
  if (cut.isLong) return refuse(`is longer than ${JSON_LIMIT} bytes`);
  if (cut.isDeep) return refuse(`is nested deeper than ${DEPTH_LIMIT - 2} levels`);
  if (!isUtf8(cut.bytes)) return refuse('is no UTF-8');
  const text = cut.bytes.toString();
  const walk = new Walk();
  const read = readText(text, cut, walk);
  if (typeof read === 'string') return refuse(read);
  const wrong = illFormed.test(text) ? illFormedIn(read, []) : undefined;
  if (wrong !== undefined) return refuse('holds ill-formed Unicode', wrong.join('.'));
  return { ...place, value: plainMembers(read, walk), oddities: walk.oddities };
}
