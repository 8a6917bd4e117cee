import type { PageOutcome } from './each-profile.ts';
import type { IndexPartition } from './index-partitions.ts';

/** Where what is left of the index is gone through. */
export interface PurgePlace extends IndexPartition {
  /** The last entry that is done, in the store's own words; absent: none is yet. */
  readonly after?: string | undefined;
}

/** One way through a tenant's profiles in the order of their creation; at last, through what is left of the index. */
export interface SweepPass {
  /** All, those made since shortly before the sweep began, those that could not be done, or no profiles but entries of the index. */
  readonly scope: 'all' | 'recent' | 'left' | 'purge';
  /** The tenant's version when the sweep began: what it is about to carry out. */
  readonly version: number;
  readonly beganAtMs: number;
  /** Where the last profile stands that is done, in the store's own words; absent: none is yet. */
  readonly after?: string | undefined;
  /** Not to be worked on before. */
  readonly dueAtMs: number;
  /** Whether there was anything left to do so far. */
  readonly found: boolean;
  /** Ids of the profiles that could not be done so far. */
  readonly left: readonly string[];
  /** How far the way through the index is. */
  readonly place?: PurgePlace | undefined;
}

/** Profiles made so long before a sweep began are looked at again at its end: longer than a request lives and clocks differ. */
const RECENT_MS = 300_000;

/** Where a page of profiles begins: behind the last one, or else with the first that was made since then, or with the first of all. */
export interface PageStart {
  readonly after: string | undefined;
  readonly sinceMs: number | undefined;
}

/** The begin of a sweep that carries out a tenant's changes up to a version. */
export const firstPass = (version: number, nowMs: number): SweepPass => ({
  scope: 'all',
  version,
  beganAtMs: nowMs,
  dueAtMs: nowMs,
  found: false,
  left: [],
});

/** Where the next page of a pass begins. */
export const startOf = ({ scope, after, beganAtMs }: SweepPass): PageStart => ({
  after,
  sinceMs: scope === 'recent' ? beganAtMs - RECENT_MS : undefined,
});

/** Whether a pass has come to its end and left profiles as they were: somebody has to see to these. */
export const hasTrouble = (pass: SweepPass | undefined): boolean => pass?.scope === 'left';

/**
 * How far a sweep is after a page; undefined at its end. It goes through all profiles, then through those that could not be done, as often as there
 * are any, and then, after a quiet time, through the recent ones, until there was nothing left to do for any of them.
 */
export function passAfter(
  pass: SweepPass,
  page: PageOutcome & { readonly next: string | undefined },
  quietUntilMs: number,
): SweepPass | undefined {
  const found = pass.found || page.found;
  const left = pass.scope === 'left' ? page.left : [...pass.left, ...page.left];
  if (page.next !== undefined) return { ...pass, after: page.next, found, left };
  if (left.length > 0) return { ...pass, scope: 'left', after: undefined, left };
  if (pass.scope === 'recent' && !found) return undefined;
  return { ...pass, scope: 'recent', after: undefined, dueAtMs: quietUntilMs, found: false, left };
}
