import { requireOnTenant } from '../shared/domain/access/permissions.ts';
import { findTenantFor } from '../shared/domain/tenant/load-tenant.ts';
import { internalError } from '../shared/errors/api-error.ts';
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
  tables: { profiles: 'readWrite' },
});

const dependencies = { findTenant, deleteTenant };

/** How often a tenant that was made anew under the name meanwhile is deleted too. */
const ATTEMPTS = 5;

export async function handle(deps: typeof dependencies, { caller, parameters }: RequestOf<typeof contract>) {
  const { name } = parameters;
  let { caller: accessToken, found } = await findTenantFor(deps, caller, name);
  requireOnTenant(accessToken, name, 'DELETE_TENANT');
  for (let attempt = 1; found !== undefined; attempt++) {
    if (await deps.deleteTenant(found)) return;
    if (attempt === ATTEMPTS) throw internalError(new Error('A tenant was made anew at every attempt to delete it'));
    found = await deps.findTenant(name);
  }
}

export const handler = endpoint(contract, handle, dependencies);
