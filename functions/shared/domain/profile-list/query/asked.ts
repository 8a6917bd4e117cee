import type { Bound } from '../index/key-ranges.ts';
import type { Test } from './tree.ts';

/** What a condition is on, and how it asks for it. Bounds are all those of one field. */
export type Asked =
  | { readonly kind: 'values'; readonly values: readonly unknown[]; readonly isOne: boolean }
  | { readonly kind: 'bounds'; readonly bounds: readonly Bound[] }
  | { readonly kind: 'prefix'; readonly prefix: string }
  | { readonly kind: 'exists' };

const MOST_VALUES = 100;

/** What a single test asks for, if an index can tell; bounds are put together elsewhere. */
export function askedBy(test: Test): Asked | undefined {
  switch (test.kind) {
    case 'equals':
      return { kind: 'values', values: [test.value], isOne: true };
    case 'in': {
      const values = [...test.scalars, ...test.others];
      return values.length <= MOST_VALUES ? { kind: 'values', values, isOne: false } : undefined;
    }
    case 'pattern':
      return test.prefix === undefined ? undefined : { kind: 'prefix', prefix: test.prefix };
    case 'exists':
      return test;
    default:
      return undefined;
  }
}

/** For people: `equals`, `range`. */
export const wordOf = (asked: Asked): string => {
  if (asked.kind === 'values') return asked.isOne ? 'equals' : 'in';
  return asked.kind === 'bounds' ? 'range' : asked.kind;
};
