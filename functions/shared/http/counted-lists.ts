import * as z from 'zod/mini';
import { isJsonObject } from '../domain/values/json.ts';

/** How many elements the lists of a body may have together: as many as a form has fields (contract 9.1 #54). */
const ELEMENTS_LIMIT = 30_000;

const listNames = ['availableRoles', 'attributeDefinitions', 'permissions', 'tenantPermissions', 'allowedActions'];

/** The lists that a schema would look into: the value itself, or properties of it; metadata and default values hold any others. */
function listsOf(value: unknown): readonly (readonly unknown[])[] {
  if (Array.isArray(value)) return [value];
  if (!isJsonObject(value)) return [];
  return listNames.flatMap((name) => {
    const list = value[name];
    return Array.isArray(list) ? [list] : [];
  });
}

/** Whether the lists of a body have too many elements, level by level: does not recurse, and stops at the limit. */
function hasTooManyElements(body: unknown): boolean {
  let count = 0;
  for (let level: readonly unknown[] = [body]; level.length > 0; ) {
    const lists = level.flatMap(listsOf);
    for (const list of lists) count += list.length;
    if (count > ELEMENTS_LIMIT) return true;
    level = lists.flat();
  }
  return false;
}

/** A body whose lists are counted before one of their elements is checked, which takes a schema some 2 µs each. */
export const counted = <Schema extends z.ZodMiniType>(schema: Schema) =>
  z.pipe(
    z.transform((input, { issues }) => {
      if (hasTooManyElements(input)) issues.push({ code: 'too_big', origin: 'array', maximum: ELEMENTS_LIMIT, input });
      return input;
    }),
    schema,
  );
