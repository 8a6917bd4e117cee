import type { Query } from './tree.ts';
import { ObjectId } from './value.ts';

/** How to find the profiles of a tenant that a query can match (data model, section 3). The matcher is to check every one. */
export type QueryPlan =
  | { readonly by: 'id'; readonly id: string }
  | { readonly by: 'username'; readonly username: string }
  /** As written: the index is in lower case. */
  | { readonly by: 'email'; readonly email: string }
  /** Index keys suffice: see `matchesUsername`. */
  | { readonly by: 'usernameKeys' }
  | { readonly by: 'tenant' };

/** Longer texts do not fit into a key; the general way finds those that exist. */
const KEY_LIMIT_BYTES = 1_024;

/** The access path of a query on profiles (contract 5.28, 5.33, 5.34): an equality that has to hold uses its key. */
export function planOf(query: Query): QueryPlan {
  const equalities = conjunctsOf(query).flatMap(equalityOf);
  const requiredValue = (field: string) => equalities.find((equality) => equality.field === field)?.value;
  const id = requiredValue('_id');
  if (id instanceof ObjectId) return { by: 'id', id: id.hex };
  const username = requiredValue('username');
  if (isKeyText(username)) return { by: 'username', username };
  const email = requiredValue('email');
  if (isKeyText(email)) return { by: 'email', email };
  return mentionsOnlyUsername(query) ? { by: 'usernameKeys' } : { by: 'tenant' };
}

const isKeyText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && Buffer.byteLength(value) <= KEY_LIMIT_BYTES;

function conjunctsOf(query: Query): readonly Query[] {
  return query.kind === 'and' ? query.clauses.flatMap(conjunctsOf) : [query];
}

interface Equality {
  readonly field: string;
  readonly value: unknown;
}

function equalityOf(query: Query): readonly Equality[] {
  const isEquality = query.kind === 'field' && query.test.kind === 'equals' && query.path.length === 1;
  if (!isEquality) return [];
  const [field = ''] = query.path;
  return [{ field, value: query.test.value }];
}

/** False for a query without any field, which needs no more than the list of the tenant's profiles. */
function mentionsOnlyUsername(query: Query): boolean {
  if (query.kind === 'field') return query.path[0] === 'username';
  return query.clauses.length > 0 && query.clauses.every(mentionsOnlyUsername);
}
