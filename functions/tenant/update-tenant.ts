import { defaultsOf } from '../shared/domain/tenant/attribute-definitions.ts';
import { changeTenant } from '../shared/domain/tenant/change-tenant.ts';
import { newTenant } from '../shared/domain/tenant/tenant.ts';
import { requireWellFormed } from '../shared/domain/values/json.ts';
import { assertThat, invalidRequest } from '../shared/errors/api-error.ts';
import { tenantBody } from '../shared/http/bodies.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentTenant, tenantResource } from '../shared/http/resources/tenant.ts';
import { findTenant, updateTenant, updateTenantAndSweep } from '../shared/repositories/tenants.ts';

/** Replaces everything: what the body leaves out goes back to its default, and an omitted list is emptied (contract 9.1 #20). */
export const contract = contractOf({
  operationId: 'updateTenant',
  summary: 'Replace a tenant',
  section: '5.7',
  method: 'POST',
  path: '/tenant/update',
  authorisation: 'accessToken',
  parameters: {},
  body: tenantBody,
  response: tenantResource,
  errors: ['actionDenied', 'noSuchTenant'],
});

export const dependencies = { findTenant, updateTenant, updateTenantAndSweep };

export async function handle(deps: typeof dependencies, { caller, body }: RequestOf<typeof contract>) {
  const { name } = body;
  assertThat(name !== null, () => invalidRequest('The name of the tenant is missing'));
  requireWellFormed(name, 'The name of the tenant');
  const tenant = await changeTenant(deps, caller, name, (stored) => {
    const { availableRoles, attributeDefinitions, ...flags } = newTenant(body, Date.now());
    return {
      verifyNewProfiles: flags.verifyNewProfiles,
      ssoEnabled: flags.ssoEnabled,
      cleanseAttributes: flags.cleanseAttributes,
      availableRoles,
      attributeDefinitions,
      removeRoles: stored.availableRoles.filter((role) => !availableRoles.includes(role)),
      removeAttributes: stored.attributeDefinitions
        .map((definition) => definition.name)
        .filter((removed) => !attributeDefinitions.some((definition) => definition.name === removed)),
      defaults: defaultsOf({ attributeDefinitions }),
    };
  });
  return presentTenant(tenant);
}

export const handler = endpoint(contract, handle, dependencies);
