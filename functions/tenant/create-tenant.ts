import { requireGlobally } from '../shared/domain/access/permissions.ts';
import { newTenant, requireKnownFields } from '../shared/domain/tenant/tenant.ts';
import { assertThat, tenantExists } from '../shared/errors/api-error.ts';
import { tenantBody } from '../shared/http/bodies.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentTenant, tenantResource } from '../shared/http/resources/tenant.ts';
import { createTenant } from '../shared/repositories/tenants.ts';

export const contract = contractOf({
  operationId: 'createTenant',
  summary: 'Create a tenant',
  section: '5.5',
  method: 'POST',
  path: '/tenant/create',
  authorisation: 'accessToken',
  parameters: {},
  body: tenantBody,
  response: tenantResource,
  errors: ['actionDenied', 'tenantExists'],
  settings: ['wireLine'],
});

export const dependencies = { createTenant };

export async function handle(deps: typeof dependencies, { caller, body, settings }: RequestOf<typeof contract>) {
  requireKnownFields(body, settings.wireLine);
  requireGlobally(await caller, 'CREATE_TENANT');
  const tenant = newTenant(body, Date.now());
  const created = await deps.createTenant(tenant);
  assertThat(created, () => tenantExists(tenant.name));
  return presentTenant(tenant, settings.wireLine);
}

export const handler = endpoint(contract, handle, dependencies);
