import { requireOnTenant } from '../shared/domain/access/permissions.ts';
import { redoRefused } from '../shared/domain/concurrency/redo-refused.ts';
import { findTenantFor } from '../shared/domain/tenant/load-tenant.ts';
import { contractOf, EMPTY } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { deleteTenant, findTenant } from '../shared/repositories/tenants.ts';

/** Its profiles are absent from that moment on; the sweep takes them out of the store, attachments included (contract 9.1 #9). */
export const contract = contractOf({
  operationId: 'deleteTenant',
  summary: 'Delete a tenant and all its profiles',
  section: '5.8',
  method: 'POST',
  path: '/tenant/{name}/delete',
  authorisation: 'accessToken',
  parameters: { name: pathText('Name of the tenant; one that does not exist is no error') },
  response: EMPTY,
  errors: ['actionDenied'],
});

export const dependencies = { findTenant, deleteTenant };

export async function handle(deps: typeof dependencies, { caller, parameters }: RequestOf<typeof contract>) {
  const { name } = parameters;
  const { caller: accessToken, found } = await findTenantFor(deps, caller, name);
  requireOnTenant(accessToken, name, 'DELETE_TENANT');
  // One that was changed meanwhile, or made anew under the name, goes, too.
  await redoRefused(
    found,
    async (tenant) => (await deps.deleteTenant(tenant, Date.now())) || undefined,
    () => deps.findTenant(name),
  );
}

export const handler = endpoint(contract, handle, dependencies);
