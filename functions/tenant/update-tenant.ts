import { defaultsOf, isDefinedIn } from '../shared/domain/tenant/attribute-definitions.ts';
import { changeTenant } from '../shared/domain/tenant/change-tenant.ts';
import { requireKnownFields, tenantWith } from '../shared/domain/tenant/tenant.ts';
import { requireWellFormed } from '../shared/domain/values/json.ts';
import { assertThat, invalidRequest } from '../shared/errors/api-error.ts';
import { tenantBody } from '../shared/http/bodies.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentTenant, tenantResource } from '../shared/http/resources/tenant.ts';
import { findTenant, updateTenant, updateTenantAndSweep } from '../shared/repositories/tenants.ts';

/**
 * Replaces everything: what the body leaves out goes back to its default, and an omitted list is emptied (contract 9.1 #20). Only
 * `cleanseAttributes`, which older clients never send, stays as it was (contract 2.2).
 */
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
  settings: ['wireLine'],
});

export const dependencies = { findTenant, updateTenant, updateTenantAndSweep };

export async function handle(deps: typeof dependencies, { caller, body, settings }: RequestOf<typeof contract>) {
  const { name } = body;
  requireKnownFields(body, settings.wireLine);
  assertThat(name !== null, () => invalidRequest('The name of the tenant is missing'));
  requireWellFormed(name, 'The name of the tenant');
  const tenant = await changeTenant(deps, caller, name, (stored) => {
    const { availableRoles, attributeDefinitions, ...flags } = tenantWith(body, Date.now(), isDefinedIn(stored));
    return {
      verifyNewProfiles: flags.verifyNewProfiles,
      ssoEnabled: flags.ssoEnabled,
      cleanseAttributes: body.cleanseAttributes ?? stored.cleanseAttributes,
      availableRoles,
      attributeDefinitions,
      removeRoles: stored.availableRoles.filter((role) => !availableRoles.includes(role)),
      removeAttributes: stored.attributeDefinitions
        .map((definition) => definition.name)
        .filter((removed) => !attributeDefinitions.some((definition) => definition.name === removed)),
      defaults: defaultsOf({ attributeDefinitions }),
    };
  });
  return presentTenant(tenant, settings.wireLine);
}

export const handler = endpoint(contract, handle, dependencies);
