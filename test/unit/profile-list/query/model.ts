type Fields = Record<string, unknown>;

/**
 * The meaning of a query written down as directly as possible, to compare the real matcher with: it walks the JSON of
 * the query over the JSON of a profile, finds values by recursion, and knows numbers, strings, booleans, null, lists
 * and objects. Patterns are the native ones.
 */
export function modelMatches(query: object, root: unknown): boolean {
  return Object.entries(query).every(([key, value]) => {
    if (key === '$and') return value.every((clause: object) => modelMatches(clause, root));
    if (key === '$or') return value.some((clause: object) => modelMatches(clause, root));
    if (key === '$nor') return !value.some((clause: object) => modelMatches(clause, root));
    return testMatches(value, foundAt(key.split('.'), root));
  });
}

/** Values at a path: as they are, and with the elements of arrays beside them. */
interface Found {
  whole: unknown[];
  each: unknown[];
}

function testMatches(test: unknown, found: Found): boolean {
  if (!isOperators(test)) return found.each.some((value) => equal(value, test));
  return Object.entries(test).every(([operator, operand]) => operatorMatches(operator, operand, test, found));
}

function operatorMatches(operator: string, operand: unknown, test: Fields, found: Found): boolean {
  const any = (passes: (value: unknown) => boolean) => found.each.some(passes);
  switch (operator) {
    case '$eq':
      return any((value) => equal(value, operand));
    case '$ne':
      return !any((value) => equal(value, operand));
    case '$in':
      return any((value) => listOf(operand).some((one) => equal(value, one)));
    case '$nin':
      return !any((value) => listOf(operand).some((one) => equal(value, one)));
    case '$gt':
      return any((value) => comparable(value, operand) && less(operand, value));
    case '$gte':
      return any((value) => comparable(value, operand) && !less(value, operand));
    case '$lt':
      return any((value) => comparable(value, operand) && less(value, operand));
    case '$lte':
      return any((value) => comparable(value, operand) && !less(operand, value));
    case '$exists':
      return any((value) => value !== undefined) === operand;
    case '$regex': {
      const pattern = new RegExp(`${operand}`, `${test.$options ?? ''}`);
      return any((value) => typeof value === 'string' && pattern.test(value));
    }
    case '$options':
      return true;
    case '$not':
      return !testMatches(operand, found);
    case '$all':
      return listOf(operand).length > 0 && listOf(operand).every((one) => any((value) => equal(value, one)));
    case '$size':
      return found.whole.some((value) => Array.isArray(value) && value.length === operand);
    case '$elemMatch':
      return found.whole.flatMap(listOf).some((element) => elementMatches(operand, element));
    default:
      throw new Error(operator);
  }
}

/** Operators see an array within the array as one value; fields see it as a document of its indexes. */
function elementMatches(operand: unknown, element: unknown): boolean {
  if (isOperators(operand)) return testMatches(operand, { whole: [element], each: [element] });
  return isObject(operand) && typeof element === 'object' && element !== null && modelMatches(operand, { ...element });
}

function foundAt(path: string[], root: unknown): Found {
  const whole = valuesAt(path, root);
  return { whole, each: whole.flatMap((value) => [value, ...listOf(value)]) };
}

/** Generated paths have no index in them, so arrays are only passed through. */
function valuesAt([name, ...rest]: string[], node: unknown): unknown[] {
  if (name === undefined) return [node];
  if (!isObject(node)) return [undefined];
  const child = Object.hasOwn(node, name) ? node[name] : undefined;
  if (rest.length === 0 || !Array.isArray(child)) return valuesAt(rest, child);
  return child.filter(isObject).flatMap((element) => valuesAt(rest, element));
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isOperators = (value: unknown): value is Fields =>
  isObject(value) && (Object.keys(value)[0]?.startsWith('$') ?? false);

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** The JSON text carries the order of fields, which counts. Missing is null. */
const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Ranges are generated over scalars only. */
const comparable = (a: unknown, b: unknown): boolean =>
  (a ?? null) === null ? b === null : typeof a === typeof b && typeof a !== 'object';

function less(a: unknown, b: unknown): boolean {
  if (typeof a === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(`${b}`)) < 0;
  return Number(a ?? 0) < Number(b ?? 0);
}
