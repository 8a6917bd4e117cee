/** One way through a tenant's profiles in the order of their creation. */
export interface SweepPass {
  /** All, or those made since shortly before the sweep began. */
  readonly scope: 'all' | 'recent';
  /** The tenant's version when the sweep began: what it is about to carry out. */
  readonly version: number;
  readonly beganAtMs: number;
  /** Where the last profile stands that is done, in the store's own words; absent: none is yet. */
  readonly after?: string | undefined;
  /** Not to be worked on before. */
  readonly dueAtMs: number;
  /** Whether there was anything left to do so far. */
  readonly found: boolean;
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
});

/** Where the next page of a pass begins. */
export const startOf = ({ scope, after, beganAtMs }: SweepPass): PageStart => ({
  after,
  sinceMs: scope === 'recent' ? beganAtMs - RECENT_MS : undefined,
});

/**
 * How far a sweep is after a page; undefined at its end. It goes through all profiles, and then, after a quiet time, through the recent ones, until
 * there was nothing left to do for any of them.
 */
export function passAfter(
  pass: SweepPass,
  page: { readonly next: string | undefined; readonly found: boolean },
  quietUntilMs: number,
): SweepPass | undefined {
  const found = pass.found || page.found;
  if (page.next !== undefined) return { ...pass, after: page.next, found };
  if (pass.scope === 'recent' && !found) return undefined;
  return { ...pass, scope: 'recent', after: undefined, dueAtMs: quietUntilMs, found: false };
}
