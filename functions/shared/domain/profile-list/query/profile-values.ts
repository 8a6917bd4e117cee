import type { Attributes } from '../../values/json-text.ts';
import { fieldOf, isDocument, isList, itemAt, ObjectId, type Path } from './value.ts';

/** What queries and sorts see of a profile (contract 2.1, 6.6, 6.7): nothing that is not here can be probed. */
export interface QueryableProfile {
  readonly id: string;
  readonly username: string;
  /** Null is missing, as in the store of the server that is replaced (contract 8.2). */
  readonly email: string | null;
  readonly verified: boolean;
  readonly enabled: boolean;
  readonly createdAtMs: number;
  readonly lastModifiedMs: number;
  readonly roles: readonly string[];
  readonly attributes: Attributes;
}

/** Where a path of the query language enters a profile, and what is left of the path from there. */
export interface Entrance {
  readonly value: unknown;
  readonly rest: Path;
}

/**
 * Enters a profile by paths; each attribute is read from its text once. `attributes` as a whole and unknown fields, `id` and `tenant` among them,
 * are missing.
 */
export function entrancesOf(profile: QueryableProfile): (path: Path) => Entrance {
  const values = new Map<string, unknown>();
  const attributeValue = (attribute: string): unknown => {
    if (!values.has(attribute)) values.set(attribute, profile.attributes.get(attribute)?.value);
    return values.get(attribute);
  };
  return (path) => {
    const [field = '', attribute] = path;
    if (field !== 'attributes') return { value: storedField(profile, field), rest: path.slice(1) };
    return { value: attribute === undefined ? undefined : attributeValue(attribute), rest: path.slice(2) };
  };
}

function storedField(profile: QueryableProfile, field: string): unknown {
  switch (field) {
    case '_id':
      return new ObjectId(profile.id);
    case 'createdOn':
      return new Date(profile.createdAtMs);
    case 'lastModified':
      return new Date(profile.lastModifiedMs);
    case 'email':
      return profile.email ?? undefined;
    case 'username':
    case 'verified':
    case 'enabled':
    case 'roles':
      return profile[field];
    default:
      return undefined;
  }
}

/**
 * The values at a path, as Mongo finds them: through documents, through each document of an array and through indexes.
 * A path that leads nowhere gives one `undefined`, one that ends within an array nothing.
 * With `elements`, an array at the end gives its elements beside itself.
 */
export function valuesAt({ value, rest }: Entrance, leaf: 'elements' | 'whole'): readonly unknown[] {
  const found: unknown[] = [];
  let reached = new Set([value]);
  for (const [at, segment] of rest.entries()) {
    const isLast = at === rest.length - 1;
    // A set, so that a value counts once however many ways lead to it: they double with each level.
    const next = new Set<unknown>();
    for (const node of reached) {
      if (!isList(node)) {
        next.add(fieldOf(node, segment));
        continue;
      }
      for (const element of node) if (isDocument(element)) next.add(fieldOf(element, segment));
      const item = itemAt(node, segment);
      // Mongo does not look into an array that an index ends at.
      if (isLast && item !== undefined) found.push(item);
      else if (isList(item) || isDocument(item)) next.add(item);
    }
    reached = next;
  }
  for (const end of reached) {
    found.push(end);
    if (leaf === 'elements' && isList(end)) for (const element of end) found.push(element);
  }
  return found;
}
