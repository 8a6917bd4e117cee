import type { ServedRequest } from './http-server.ts';

/** Does what the stream of the Profiles table does when deployed: calls the worker after a tenant may have changed. */
export interface TenantChanges {
  after(request: ServedRequest): void;
}

/** One call of the worker at a time; changes during a call make one more. Without a worker nothing happens. */
export function followTenantChanges(sweep: (() => Promise<void>) | undefined): TenantChanges {
  let running = false;
  let again = false;
  async function run(work: () => Promise<void>): Promise<void> {
    again = true;
    if (running) return;
    running = true;
    while (again) {
      again = false;
      // What the worker could not do stays open in the table, for the next call.
      await work().catch(() => undefined);
    }
    running = false;
  }
  if (sweep !== undefined) run(sweep);
  return {
    after: ({ method, routeKey }) => {
      if (sweep !== undefined && method === 'POST' && routeKey.includes('/tenant/')) run(sweep);
    },
  };
}
