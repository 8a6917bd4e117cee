import { millisecondsOf } from './hash-kind.ts';
import { readKindText } from './read-hash.ts';

/** That a tenant may have profiles with hashes of other identity stores (data model, section 5). */
export interface HashNote {
  readonly tenantId: string;
  /** The tenant's name. */
  readonly tenant: string;
  /** When it was written last: profiles with such hashes may have come since. */
  readonly notedAtMs: number;
  /** Every write that notes hashes replaces it. */
  readonly revision: string;
  /** Of the profiles up to here, in the order of their creation, none has such a hash any more. */
  readonly after?: string | undefined;
}

/** What a failed sign-in may cost in all: as many kinds of hashes as fit in this can be in one tenant. */
const MOST_MS = 1000;

const costOf = (text: string): number => {
  const kind = readKindText(text);
  return kind === undefined ? 0 : millisecondsOf(kind);
};

/**
 * The kinds that a tenant notes, together with wanted ones, in their order, as far as they fit: each failed sign-in in the tenant does the work of every one. A hash of a kind
 * that is left out must not be stored.
 */
export function fittingKinds(noted: readonly string[], wanted: readonly string[]): readonly string[] {
  const kinds = [...noted];
  let milliseconds = kinds.reduce((sum, kind) => sum + costOf(kind), 0);
  for (const kind of new Set(wanted)) {
    if (kinds.includes(kind) || milliseconds + costOf(kind) > MOST_MS) continue;
    milliseconds += costOf(kind);
    kinds.push(kind);
  }
  return kinds;
}
