import { matches } from '../../../../functions/shared/domain/profile-list/query/match.ts';
import { parseQuery } from '../../../../functions/shared/domain/profile-list/query/parse.ts';
import type { QueryableProfile } from '../../../../functions/shared/domain/profile-list/query/profile-values.ts';
import { JsonText } from '../../../../functions/shared/domain/values/json-text.ts';
import { ApiError } from '../../../../functions/shared/errors/api-error.ts';

type Overrides = Partial<Omit<QueryableProfile, 'attributes'>> & { attributes?: object };

/** A profile of fixed content; attributes are given as an object. */
export function profileWith({ attributes = {}, ...overrides }: Overrides = {}): QueryableProfile {
  return {
    id: '66a1f0c2b7e34d0011223344',
    username: 'mara',
    email: 'mara@example.org',
    verified: false,
    enabled: true,
    createdAtMs: 1_722_000_000_000,
    lastModifiedMs: 1_722_000_450_123,
    roles: ['EDITOR'],
    ...overrides,
    attributes: new Map(Object.entries(attributes).map(([name, value]) => [name, new JsonText(JSON.stringify(value))])),
  };
}

/** Whether a profile with attribute `x` fulfils the query; without a value it lacks the attribute. */
export function matchesX(query: string, ...x: readonly [] | readonly [unknown]): boolean {
  return matches(parseQuery(query), profileWith({ attributes: x.length === 0 ? {} : { x: x[0] } }));
}

/** The error kind and text that the call fails with; anything but an ApiError fails the test. */
export function failureOf(call: () => unknown): { kind: string; message: string } | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return { kind: error.kind, message: error.message };
    throw error;
  }
}
