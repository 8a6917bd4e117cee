import type { WireLine } from '../../config/wire-line.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { ExactNumber } from '../values/exact-number.ts';
import { htmlEntities } from '../values/html-entities.ts';
import type { JsonValue } from '../values/json.ts';
import { type Attributes, JsonText } from '../values/json-text.ts';

interface Definition {
  readonly name: string;
  readonly metadata: Readonly<Record<string, unknown>> | null;
}

/** Text with the named entities of HTML 4 in place of their characters; the apostrophe has none and stays (contract 6.8). */
export const escapeHtml = (text: string): string =>
  // The range ends with the last character that has a name.
  text.replace(/[&<>"\u00a0-\u2666]/g, (character) => htmlEntities.get(character) ?? character);

/** The attributes as a cleansing tenant stores them: those that it defines as text are escaped (contract 6.8). */
export function cleanse(attributes: Attributes, definitions: readonly Definition[]): Attributes {
  const types = new Map(definitions.map(({ name, metadata }) => [name, metadata?.type]));
  return new Map([...attributes].map(([name, value]) => [name, cleanseText(value, types.get(name))]));
}

function cleanseText(text: JsonText, type: unknown): JsonText {
  if (type === 'TEXT' || type === 'LARGE_TEXT') return JsonText.of(escapeScalar(text.value));
  if (type !== 'STRING_LIST') return text;
  const { value } = text;
  return Array.isArray(value) ? JsonText.of(value.map(escapeScalar)) : text;
}

/** Null, lists and objects stay as they are. */
const escapeScalar = (value: JsonValue): JsonValue =>
  typeof value === 'object' && !(value instanceof ExactNumber) ? value : escapeHtml(String(value));

/** Cleansed where the tenant asks for it, on a wire line that knows cleansing (contract 6.8, 11). */
export const cleansed = (attributes: Attributes, tenant: Tenant, line: WireLine): Attributes =>
  line.cleansing && tenant.cleanseAttributes ? cleanse(attributes, tenant.attributeDefinitions) : attributes;
