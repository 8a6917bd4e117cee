import { auditedWork } from '../../audit/audited-work.ts';
import { describeError, log } from '../../config/logger.ts';
import { inParallel } from '../concurrency/in-parallel.ts';
import { clearTombstone } from '../profile/tombstone.ts';
import { carriedOut, changesIndex } from '../tenant/pending-changes.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { type SettlingStore, settlePage } from './changed-tenant.ts';
import { type DeletionStore, deletePage } from './deleted-tenant.ts';
import { abandonedIndexParts, type IndexParts } from './index-partitions.ts';
import { firstPass, hasTrouble, type PageStart, passAfter, type SweepPass, startOf } from './pass.ts';
import { type PurgingStore, purgeAfter, purgeStep } from './purge.ts';

/** Its revision is another one whenever it is opened, saved or begun anew: who writes says which it has seen. */
interface OpenWork {
  readonly revision: string;
}

/** Work on the profiles of a tenant that is open (data model, section 4): follow its changes, or go with it. */
export interface TenantSweep extends OpenWork {
  readonly tenantId: string;
  readonly tenant: string;
  readonly kind: 'settle' | 'delete';
  /** Where a deleted tenant's profiles had entries in the index: nothing else knows it any more. */
  readonly index?: IndexParts | undefined;
  /** When the tenant was deleted; absent: one that changed, whose pending changes have their times, or it was before this was kept. */
  readonly openedAtMs?: number | undefined;
  /** How far it is; absent: not begun. */
  readonly pass?: SweepPass | undefined;
}

/**
 * What may be left of a profile that is gone: the request that deletes it does that itself, unless it is cut short, and an upload whose object may have
 * come too late for that tells of it.
 */
export interface ProfileSweep extends OpenWork {
  /** The profile's own for its deletion, any other for an upload. */
  readonly id: string;
  readonly profileId: string;
  readonly kind: 'clear';
  readonly openedAtMs: number;
}

export type Sweep = TenantSweep | ProfileSweep;

const PAGE_SIZE = 100;
/** Of a whole tenant: where more can't be done, the rest waits. */
const MOST_LEFT = 1000;
/** Profiles that are cleared at once, and in one round. */
const PARALLEL = 25;
/** What a page may take, kept before the function's own limit. */
const RESERVE_MS = 30_000;
/** How often a sweep that waits looks whether another one was opened. */
const LOOK_MS = 1000;

/** What the worker works with. */
export interface SweepDependencies extends SettlingStore, DeletionStore, PurgingStore {
  findTenant(name: string): Promise<Tenant | undefined>;
  listSweeps(): Promise<readonly Sweep[]>;
  listSweepPage(
    tenantId: string,
    start: PageStart,
    limit: number,
  ): Promise<{ ids: readonly string[]; next: string | undefined }>;
  saveSweep(sweep: Sweep, pass: SweepPass | undefined): Promise<boolean>;
  closeSweep(sweep: Sweep): Promise<boolean>;
  endSettling(next: Tenant, sweep: TenantSweep): Promise<boolean>;
  nowMs(): number;
  sleep(ms: number): Promise<unknown>;
  /** Longer than any request lives and the index lags behind, together. */
  readonly quietMs: number;
  /** How long a profile takes at the least where its entries become others, with one shard. */
  readonly entryPaceMs: number;
}

/** A tenant's sweep, and how far it is; without the tenant where that is gone. */
interface Step {
  readonly sweep: TenantSweep;
  readonly tenant: Tenant | undefined;
  readonly pass: SweepPass;
}

/** Where entries are looked for that nobody has, once all profiles are done. */
const abandonedBy = ({ sweep, tenant, pass }: Step): IndexParts =>
  tenant === undefined ? (sweep.index ?? { fields: [], shards: 0 }) : abandonedIndexParts(tenant, pass.version);

/** Saves how far a sweep is by then, or ends it. */
async function goOn(deps: SweepDependencies, { sweep, tenant, pass }: Step, following: SweepPass | undefined) {
  if (following !== undefined) await deps.saveSweep(sweep, following);
  else if (tenant) await deps.endSettling(carriedOut(tenant, pass.version), sweep);
  else await deps.closeSweep(sweep);
}

/** Leaves others half of what a part of the index takes: a page that writes entries may not be done sooner. */
async function keepPace(deps: SweepDependencies, { tenant }: Step, profiles: number, beganAtMs: number): Promise<void> {
  if (!tenant?.pending.some(changesIndex)) return;
  const restMs = beganAtMs + (profiles * deps.entryPaceMs) / (tenant.shards ?? 1) - deps.nowMs();
  if (restMs > 0) await deps.sleep(restMs);
}

/** Works off a page of profiles. */
async function sweepPage(deps: SweepDependencies, step: Step): Promise<void> {
  const { sweep, tenant, pass } = step;
  const beganAtMs = deps.nowMs();
  const { ids, next } =
    pass.scope === 'left'
      ? { ids: pass.left, next: undefined }
      : await deps.listSweepPage(sweep.tenantId, startOf(pass), PAGE_SIZE);
  const outcome = tenant
    ? await settlePage(deps, tenant, ids, pass.version)
    : await deletePage(deps, sweep.tenantId, ids);
  await keepPace(deps, step, ids.length, beganAtMs);
  if (pass.left.length > MOST_LEFT) throw new Error(`More than ${MOST_LEFT} profiles could not be done`);
  const following = passAfter(pass, { ...outcome, next }, deps.nowMs() + deps.quietMs);
  await goOn(deps, step, following ?? purgeAfter(pass, abandonedBy(step)));
  if (hasTrouble(following)) throw new Error(`Profiles that could not be done: ${outcome.left.length}`);
}

/** Works off a page of entries. */
async function purgePage(deps: SweepDependencies, step: Step): Promise<void> {
  const { sweep, tenant, pass } = step;
  const place = await purgeStep(deps, { tenantId: sweep.tenantId, tenant, parts: abandonedBy(step) }, pass.place);
  await goOn(deps, step, place && { ...pass, place });
}

/**
 * Works off one page of a sweep and saves how far it is. Every write is conditional on what was read, so that a page may be done again, after
 * a kill or by two workers at once. Rejects where all is done but single profiles that can't be.
 */
async function sweepOn(deps: SweepDependencies, sweep: TenantSweep): Promise<void> {
  const tenant = sweep.kind === 'settle' ? await deps.findTenant(sweep.tenant) : undefined;
  if (sweep.kind === 'settle' && tenant?.id !== sweep.tenantId) {
    await deps.closeSweep(sweep);
    return;
  }
  const pass = sweep.pass ?? firstPass(tenant?.version ?? 0, deps.nowMs());
  await (pass.scope === 'purge' ? purgePage : sweepPage)(deps, { sweep, tenant, pass });
}

/** Carries a deletion to its end; of a profile that is there nothing goes. */
async function clear(deps: SweepDependencies, sweep: ProfileSweep): Promise<void> {
  if ((await deps.findProfile(sweep.profileId)) === undefined) await clearTombstone(deps, sweep.profileId);
  await deps.closeSweep(sweep);
}

/** A request that is not cut short closes what it has opened itself: it is given as long as a request may live. */
function dueAtMs({ quietMs }: SweepDependencies, sweep: Sweep): number {
  return sweep.kind === 'clear' ? sweep.openedAtMs + quietMs : (sweep.pass?.dueAtMs ?? 0);
}

/** Tells a sweep from all others. */
const nameOf = (sweep: Sweep) => (sweep.kind === 'clear' ? `profile ${sweep.id}` : `tenant ${sweep.tenantId}`);

const step = (deps: SweepDependencies, sweep: Sweep) =>
  sweep.kind === 'clear' ? clear(deps, sweep) : sweepOn(deps, sweep);
/** What the audit trail says of it. */
const subjectOf = (sweep: Sweep) =>
  sweep.kind === 'clear' ? { profileId: sweep.profileId } : { tenant: sweep.tenant };

/** A step of each tenant's, and some profiles; the ones that failed join those to be left alone in this run. */
async function stepAll(deps: SweepDependencies, sweeps: readonly Sweep[], failed: Set<string>): Promise<void> {
  const attempt = async (sweep: Sweep) => {
    try {
      await auditedWork(() => step(deps, sweep), { subject: subjectOf(sweep) });
    } catch (error) {
      log().error('A sweep failed', { kind: sweep.kind, error: describeError(error) });
      failed.add(nameOf(sweep));
    }
  };
  const profiles = sweeps.filter(({ kind }) => kind === 'clear');
  await inParallel(profiles.slice(0, PARALLEL), PARALLEL, attempt);
  for (const sweep of sweeps) if (sweep.kind !== 'clear') await attempt(sweep);
}

/** A new record in the stream, which calls the worker again: of the first one that nobody has saved or closed meanwhile. */
async function callAgain(deps: SweepDependencies, open: readonly Sweep[]): Promise<void> {
  for (const sweep of open) if (await deps.saveSweep(sweep, sweep.kind === 'clear' ? undefined : sweep.pass)) return;
}

/**
 * Works off every open sweep, to its end or until the time is almost up: then it saves one of them, which calls the worker again. Rejects where a
 * sweep failed, after the others are done: the stream repeats the call.
 *
 * Why nothing is lost: a change is in the tenant's pending list before its sweep opens, every reader and writer applies the list, and an entry goes
 * only after all of this: (1) every profile that the index showed has taken it in; (2) a quiet time, longer than any request lives, so that
 * whoever read the tenant from before the change, or a profile from before it was settled, has come to its end, and what those wrote
 * is in the index; (3) a look at all profiles made since shortly before the sweep began that finds nothing left to do, or else again from (2).
 */
export async function sweepTenants(deps: SweepDependencies, remainingMs: () => number): Promise<void> {
  const failed = new Set<string>();
  for (;;) {
    const open = (await deps.listSweeps()).filter((sweep) => !failed.has(nameOf(sweep)));
    if (open.length === 0) break;
    if (remainingMs() < RESERVE_MS) return auditedWork(() => callAgain(deps, open));
    const due = open.filter((sweep) => dueAtMs(deps, sweep) <= deps.nowMs());
    await stepAll(deps, due, failed);
    if (due.length > 0) continue;
    const nextMs = open.reduce((first, sweep) => Math.min(first, dueAtMs(deps, sweep)), Number.POSITIVE_INFINITY);
    await deps.sleep(Math.min(LOOK_MS, Math.max(1, nextMs - deps.nowMs())));
  }
  if (failed.size > 0) throw new Error(`Sweeps that failed: ${failed.size}`);
}
