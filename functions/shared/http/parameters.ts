import type { SortOrder } from '../domain/profile-list/query/sort.ts';
import { invalidRequest } from '../errors/api-error.ts';

/**
 * One request parameter (contract 1.3): where it comes from, how its occurrences become a value, and what OpenAPI says of it.
 * `read` gets every occurrence, query before form, at least one; it throws 400 `OTHER` for what cannot be converted.
 */
export interface Parameter<Value> {
  readonly place: 'path' | 'parameter';
  readonly required: boolean;
  readonly description: string;
  readonly jsonSchema: Readonly<Record<string, unknown>>;
  /** Other spellings that mean the same. */
  readonly aliases?: readonly string[];
  /** Of the path's last variable: the endpoint itself tells whether `.json` at the end is the client's suffix or belongs to the name. */
  readonly keepsSuffix?: true;
  read(name: string, occurrences: readonly string[]): Value;
  /** Makes one value of those of several spellings, each read by itself; needed where there are aliases. */
  union?(values: readonly Value[]): Value;
}

/** The parameters of an endpoint by name. */
// biome-ignore lint/suspicious/noExplicitAny: a parameter of any value type; inference below gets the exact one back
export type ParameterSpecs = Readonly<Record<string, Parameter<any>>>;

/** Their values, as `handle` gets them. */
export type ParameterValues<Specs extends ParameterSpecs> = {
  [Name in keyof Specs]: Specs[Name] extends Parameter<infer Value> ? Value : never;
};

const textSchema = { type: 'string' };
const listSchema = { type: 'array', items: { type: 'string' } };
const joined = (_name: string, occurrences: readonly string[]) => occurrences.join(',');

/** A variable of the path, already decoded. */
export const pathText = (description: string): Parameter<string> => ({
  place: 'path',
  required: true,
  description,
  jsonSchema: textSchema,
  read: joined,
});

/** A variable at the end of the path which may name what is itself called `….json`: with the suffix, if there is one (contract 5.47). */
export const pathTextWithSuffix = (description: string): Parameter<string> => ({
  ...pathText(description),
  keepsSuffix: true,
});

/** A required string; empty counts as present, repeats are joined with a comma. */
export const text = (description: string): Parameter<string> => ({
  place: 'parameter',
  required: true,
  description,
  jsonSchema: textSchema,
  read: joined,
});

/** A string, or undefined where it is absent; empty counts as present. */
export const optionalText = (description: string): Parameter<string | undefined> => ({
  ...text(description),
  required: false,
});

/** One occurrence is split at commas, several are taken as they are (contract 1.3). */
function readList(_name: string, occurrences: readonly string[]): readonly string[] {
  const [only] = occurrences;
  if (occurrences.length > 1 || only === undefined) return occurrences;
  return only
    .split(',')
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
}

/** A required list of strings (contract 1.3). */
export const list = (description: string): Parameter<readonly string[]> => ({
  place: 'parameter',
  required: true,
  description,
  jsonSchema: listSchema,
  read: readList,
});

/** A list of strings, or undefined where it is absent. */
export const optionalList = (description: string): Parameter<readonly string[] | undefined> => ({
  ...list(description),
  required: false,
});

const words = new Map([
  ...['true', 'on', 'yes', '1'].map((word) => [word, true] as const),
  ...['false', 'off', 'no', '0'].map((word) => [word, false] as const),
]);

function readFlag(name: string, occurrences: readonly string[]): boolean {
  const value = words.get(occurrences.join(',').toLowerCase());
  if (value === undefined) throw invalidRequest(`Parameter "${name}" must be true or false`);
  return value;
}

/** A required boolean, in any of the words of contract 1.3. */
export const flag = (description: string): Parameter<boolean> => ({
  place: 'parameter',
  required: true,
  description,
  jsonSchema: { type: 'boolean' },
  read: readFlag,
});

/** The value, or undefined where the only occurrence is empty. */
const unlessEmpty =
  <Value>(read: (name: string, occurrences: readonly string[]) => Value) =>
  (name: string, occurrences: readonly string[]): Value | undefined =>
    occurrences.join(',') === '' ? undefined : read(name, occurrences);

/** A boolean, or undefined where it is absent or empty. */
export const optionalFlag = (description: string): Parameter<boolean | undefined> => ({
  ...flag(description),
  required: false,
  read: unlessEmpty(readFlag),
});

function readInteger(name: string, occurrences: readonly string[]): number {
  const value = occurrences.join(',').trim();
  const number = Number(value);
  if (!/^[+-]?\d+$/.test(value) || Math.abs(number) > 2 ** 31)
    throw invalidRequest(`Parameter "${name}" must be an integer`);
  return number;
}

/** An integer, or undefined where it is absent or empty. */
export const optionalInteger = (description: string): Parameter<number | undefined> => ({
  place: 'parameter',
  required: false,
  description,
  jsonSchema: { type: 'integer' },
  read: unlessEmpty(readInteger),
});

function readSortOrder(name: string, occurrences: readonly string[]): SortOrder {
  const value = occurrences.join(',');
  if (value !== 'ASC' && value !== 'DESC') throw invalidRequest(`Parameter "${name}" must be ASC or DESC`);
  return value;
}

/** `ASC` or `DESC`, or undefined where it is absent or empty. */
export const optionalSortOrder = (description: string): Parameter<SortOrder | undefined> => ({
  place: 'parameter',
  required: false,
  description,
  jsonSchema: { type: 'string', enum: ['ASC', 'DESC'] },
  read: unlessEmpty(readSortOrder),
});

/** Which attributes the answer shows (contract 6.1.4); the published spelling and the client's. */
export const attributesToReturn: Parameter<readonly string[] | undefined> = {
  ...optionalList('Attributes to return; absent: all readable ones, "$none": none'),
  aliases: ['attributeToReturn'],
  union: (lists) => [...new Set(lists.flatMap((names) => names ?? []))],
};

/** How a list is sorted (contract 6.6). */
export const sorting = {
  sortBy: optionalText('Field to sort by, for example "username" or "attributes.name"; absent: order of creation'),
  sortOrder: optionalSortOrder('Order of the sort; absent: DESC'),
};

/** Which part of a list is returned (contract 6.6). */
export const paging = {
  start: optionalInteger('How many matches to skip'),
  count: optionalInteger('How many profiles to return at most; absent or 0: all'),
};
