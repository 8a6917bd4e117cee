import type { JsonValue } from '../../functions/shared/domain/values/json.ts';
import { type Attributes, JsonText } from '../../functions/shared/domain/values/json-text.ts';

/** Attributes of these values, by name. */
export const asAttributes = (values: Iterable<readonly [string, JsonValue]>): Attributes =>
  new Map([...values].map(([name, value]) => [name, JsonText.of(value)]));

/** The values of attributes. */
export const valuesOf = (attributes: Attributes): ReadonlyMap<string, JsonValue> =>
  new Map([...attributes].map(([name, { value }]) => [name, value]));
