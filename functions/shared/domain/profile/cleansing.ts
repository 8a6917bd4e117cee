import type { WireLine } from '../../config/wire-line.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { htmlEntities } from '../values/html-entities.ts';
import type { Attributes, JsonValue } from '../values/json.ts';

interface Definition {
  readonly name: string;
  readonly metadata: Readonly<Record<string, unknown>> | null;
}

/** Text with the named entities of HTML 4 in place of their characters; the apostrophe has none and stays (contract 6.8). */
export const escapeHtml = (text: string): string =>
  // The range ends with the last character that has a name.
  text.replace(/[&<>"\u00a0-\u2666]/g, (character) => htmlEntities.get(character) ?? character);

/** The attributes as a cleansing tenant stores them: those that it defines as text are escaped (contract 6.8). */
export function cleanse(attributes: Attributes, definitions: readonly Definition[]): Map<string, JsonValue> {
  const types = new Map(definitions.map(({ name, metadata }) => [name, metadata?.type]));
  return new Map([...attributes].map(([name, value]) => [name, cleanseValue(value, types.get(name))]));
}

function cleanseValue(value: JsonValue, type: unknown): JsonValue {
  if (type === 'TEXT' || type === 'LARGE_TEXT') return escapeScalar(value);
  if (type === 'STRING_LIST' && Array.isArray(value)) return value.map(escapeScalar);
  return value;
}

/** Null, lists and objects stay as they are. */
const escapeScalar = (value: JsonValue): JsonValue => (typeof value === 'object' ? value : escapeHtml(String(value)));

/** Cleansed where the tenant asks for it, on a wire line that knows cleansing (contract 6.8, 11). */
export const cleansed = (attributes: Attributes, tenant: Tenant, line: WireLine): Attributes =>
  line.cleansing && tenant.cleanseAttributes ? cleanse(attributes, tenant.attributeDefinitions) : attributes;
