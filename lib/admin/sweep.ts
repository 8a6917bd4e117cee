import { sweepTenants } from '../../functions/shared/domain/sweep/sweep.ts';
import { endHashNotes } from '../../functions/shared/domain/watch/hash-notes.ts';
import { sweepDependencies } from '../../functions/sweep-tenants.ts';
import { dependencies as watchDependencies } from '../../functions/watch.ts';

/** Carries out whatever changes of tenants and deletions are still open, to the end. */
async function carryOut(): Promise<string> {
  const open = await sweepDependencies.listSweeps();
  if (open.length === 0) return 'No change of a tenant and no deletion is open.';
  await sweepTenants(sweepDependencies, () => Number.POSITIVE_INFINITY);
  return `Changes of tenants and deletions carried out: ${open.length}.`;
}

/** Ends the notes of tenants that have no password hash of another identity store any more. */
async function endNotes(): Promise<readonly string[]> {
  const { listHashNotes } = watchDependencies;
  const before = await listHashNotes();
  await endHashNotes(watchDependencies, Date.now(), Number.POSITIVE_INFINITY);
  const left = new Set((await listHashNotes()).map(({ tenantId }) => tenantId));
  const ended = before.filter(({ tenantId }) => !left.has(tenantId)).length;
  return ended === 0 ? [] : [`Tenants that have no password hash of another identity store any more: ${ended}.`];
}

/** Carries out in storage whatever changes of tenants and deletions are still open, to the end, and ends notes of hashes that are gone; says so, line by line. */
export const sweepAll = async (): Promise<readonly string[]> => [await carryOut(), ...(await endNotes())];
