import { ExactNumber } from '../../values/exact-number.ts';

/** A dotted field path, split: `attributes.prefs.lang` is `['attributes', 'prefs', 'lang']`. Names, never query text. */
export type Path = readonly string[];

/** An object whose own properties only are its fields. */
export type Document = { readonly [key: string]: unknown };

/** `{$oid}` of the query language; profiles carry one as `_id` (contract 6.7). */
export class ObjectId {
  readonly hex: string;

  constructor(hex: string) {
    this.hex = hex.toLowerCase();
  }
}

/** The path of a dotted name. */
export const pathOf = (text: string): Path => text.split('.');

/** Tells lists from the other values without a cast. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Whether the value has fields: no list, number, id or date. */
export function isDocument(value: unknown): value is Document {
  return (
    typeof value === 'object' &&
    value !== null &&
    !isList(value) &&
    !(value instanceof ObjectId) &&
    !(value instanceof ExactNumber) &&
    !(value instanceof Date)
  );
}

/** The item at a path segment such as `0`; `undefined` when the segment is no index of the list. */
export function itemAt(list: readonly unknown[], segment: string): unknown {
  const index = Number(segment);
  return String(index) === segment ? list[index] : undefined;
}

/** The field of a document by its own properties: what a prototype offers is missing. */
export function fieldOf(value: unknown, segment: string): unknown {
  return isDocument(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;
}
