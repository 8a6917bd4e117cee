import type { Pattern } from './pattern.ts';
import type { Path } from './value.ts';

/** A parsed `query`: what a profile, or an element under `$elemMatch`, has to fulfil (contract 6.7). Immutable. */
export type Query =
  | { readonly kind: 'and' | 'or' | 'nor'; readonly clauses: readonly Query[] }
  | { readonly kind: 'field'; readonly path: Path; readonly test: Test };

/** What the value at a field's path has to fulfil. */
export type Test =
  | { readonly kind: 'not'; readonly test: Test }
  | { readonly kind: 'all'; readonly tests: readonly Test[] }
  | { readonly kind: 'equals'; readonly value: unknown }
  | { readonly kind: 'compare'; readonly operator: RangeOperator; readonly value: unknown }
  | { readonly kind: 'in'; readonly scalars: ReadonlySet<unknown>; readonly others: readonly unknown[] }
  | { readonly kind: 'exists' }
  /** `prefix`: what every text begins with that the pattern matches, if anything. */
  | { readonly kind: 'pattern'; readonly pattern: Pattern; readonly prefix: string | undefined }
  | { readonly kind: 'size'; readonly size: number }
  | { readonly kind: 'elementTest'; readonly test: Test }
  | { readonly kind: 'elementQuery'; readonly query: Query };

export type RangeOperator = '$gt' | '$gte' | '$lt' | '$lte';
