import { inInvocation } from '../../functions/shared/config/invocation.ts';
import { sweepTenants } from '../../functions/shared/domain/sweep/sweep.ts';
import { endHashNotes } from '../../functions/shared/domain/watch/hash-notes.ts';
import { SWEEP, sweepDependencies } from '../../functions/sweep-tenants.ts';
import { dependencies as watchDependencies } from '../../functions/watch.ts';
import type { ServedRequest } from './http-server.ts';

/** Requests on this machine are through by then. */
const QUIET_MS = 1000;
const LIMIT_MS = 15 * 60_000;

function sweep(): Promise<void> {
  const deadlineMs = performance.now() + LIMIT_MS;
  const deps = { ...sweepDependencies, quietMs: QUIET_MS, entryPaceMs: 0 };
  return inInvocation({ operation: SWEEP }, () => sweepTenants(deps, () => deadlineMs - performance.now()));
}

/** Does what `watch` does once an hour when deployed, as far as it changes anything. */
const endNotes = () => inInvocation({ operation: 'watch' }, () => endHashNotes(watchDependencies, Date.now()));

/** Whether a request may have opened one: a change or the end of a tenant, or the deletion of a profile. */
const opensSweeps = ({ method, routeKey }: ServedRequest) =>
  method === 'POST' && (routeKey.includes('/tenant/') || routeKey.includes('/profile/{id}/delete'));

/** Does what the stream of the Profiles table does when deployed: calls the worker after a sweep may have been opened. Notes of hashes that are gone end on the way. */
export interface OpenSweeps {
  after(request: ServedRequest): void;
}

/** One call of the worker at a time; what is opened during a call makes one more. */
export function followOpenSweeps(): OpenSweeps {
  let running = false;
  let again = false;
  async function run(): Promise<void> {
    again = true;
    if (running) return;
    running = true;
    while (again) {
      again = false;
      // What the worker could not do stays open in the table, for the next call.
      await sweep().catch(() => undefined);
      await endNotes().catch(() => undefined);
    }
    running = false;
  }
  run();
  return {
    after: (request) => {
      if (opensSweeps(request)) run();
    },
  };
}
