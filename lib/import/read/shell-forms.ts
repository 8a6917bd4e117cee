// What the database's shell and tools beside it write, and no JSON is.

const text = String.raw`"[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*"`;
const argument = String.raw`\s*(?:(?:${text}|-?[\w.+]+)\s*)?`;
const names = 'ObjectId|ISODate|Date|NumberLong|NumberInt|NumberDecimal|BinData|UUID|Timestamp';

/** Source of a regular expression that finds one form. */
export const shellForm = String.raw`(?:new\s+)?(?:${names})\s*\(${argument}(?:,${argument})?\)|\b(?:NaN|undefined)\b|-?\bInfinity\b`;

const formOrText = new RegExp(`${text}|${shellForm}`, 'g');
const parts = new RegExp(String.raw`^(?:new\s+)?(?<name>\w+)\s*\((?<first>${argument})(?:,(?<second>${argument}))?\)$`);

/** A text or a number as the text of a JSON text. */
const quoted = (written: string) => (written.startsWith('"') ? written : `"${written}"`);
const isText = (written: string) => written.startsWith('"');

/** By the name of a form and its arguments the same in extended JSON; undefined: it is none of them. */
function extended(name: string, first: string, second: string | undefined): string | undefined {
  if (name === 'BinData')
    return second && isText(second) ? `{"$binary":${second},"$type":${Number(first)}}` : undefined;
  if (name === 'Timestamp') return second && `{"$timestamp":{"t":${Number(first)},"i":${Number(second)}}}`;
  if (second !== undefined || first === '') return undefined;
  if (name === 'ObjectId') return isText(first) ? `{"$oid":${first}}` : undefined;
  if (name === 'UUID') return isText(first) ? `{"$uuid":${first}}` : undefined;
  if (name === 'ISODate' || name === 'Date')
    return isText(first) ? `{"$date":${first}}` : `{"$date":{"$numberLong":"${first}"}}`;
  return `{"$${name.replace('N', 'n')}":${quoted(first)}}`;
}

function replaced(found: string): string {
  if (isText(found)) return found;
  if (found === 'undefined') return '{"$undefined":true}';
  const { name, first = '', second } = parts.exec(found)?.groups ?? {};
  if (name === undefined) return `{"$numberDouble":"${found}"}`;
  return extended(name, first.trim(), second?.trim()) ?? found;
}

/** Characters: what is longer is more than an expression of this kind can go through, and no output of a shell. */
const LIMIT = 1_000_000;

/** The text with forms such as `ObjectId("…")` in extended JSON. What is written in texts is left alone. */
export const withoutShellForms = (json: string): string =>
  json.length > LIMIT ? json : json.replace(formOrText, replaced);
