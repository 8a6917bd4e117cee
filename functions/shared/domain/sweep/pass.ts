import { createdKeyFrom } from '../../repositories/profiles.ts';

/** One way through a tenant's profiles in the order of their creation. */
export interface SweepPass {
  /** All, or those made since shortly before the sweep began. */
  readonly scope: 'all' | 'recent';
  /** The tenant's version when the sweep began: what it is about to carry out. */
  readonly version: number;
  readonly beganAtMs: number;
  /** Index key of the last profile that is done. */
  readonly after: string;
  /** Not to be worked on before. */
  readonly dueAtMs: number;
  /** Whether there was anything left to do so far. */
  readonly found: boolean;
}

/** Profiles made so long before a sweep began are looked at again at its end: longer than a request lives and clocks differ. */
const RECENT_MS = 300_000;
/** Sorts before every key of the index. */
const START = ' ';

/** The begin of a sweep that carries out a tenant's changes up to a version. */
export const firstPass = (version: number, nowMs: number): SweepPass => ({
  scope: 'all',
  version,
  beganAtMs: nowMs,
  after: START,
  dueAtMs: nowMs,
  found: false,
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
  const after = createdKeyFrom(pass.beganAtMs - RECENT_MS);
  return { ...pass, scope: 'recent', after, dueAtMs: quietUntilMs, found: false };
}
