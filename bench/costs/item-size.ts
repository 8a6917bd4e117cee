import { Buffer } from 'node:buffer';

/** What DynamoDB adds to each item, and to each entry of an index, when storage is paid for. */
export const STORAGE_OVERHEAD_BYTES = 100;

const textBytes = (text: string) => Buffer.byteLength(text, 'utf8');

/** About half a byte a digit, one for the exponent, one more for a sign. */
function numberBytes(value: number): number {
  const digits = String(Math.abs(value)).replace(/^0\.0*|\.|0+$/g, '').length;
  return Math.ceil(Math.max(1, digits) / 2) + 1 + (value < 0 ? 1 : 0);
}

/** Bytes of a value as DynamoDB counts them; of a container three, and one for each of its members. */
function valueBytes(value: unknown): number {
  if (typeof value === 'string') return textBytes(value);
  if (typeof value === 'number') return numberBytes(value);
  if (value instanceof Set) return [...value].reduce<number>((sum, member) => sum + valueBytes(member), 0);
  if (Array.isArray(value)) return value.reduce<number>((sum, member) => sum + 1 + valueBytes(member), 3);
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).reduce((sum, [name, member]) => sum + 1 + textBytes(name) + valueBytes(member), 3);
  return 1;
}

/** Bytes of an item as DynamoDB counts them for request units: names and values, in UTF-8. */
export const itemBytes = (item: Readonly<Record<string, unknown>>): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + textBytes(name) + valueBytes(value), 0);
