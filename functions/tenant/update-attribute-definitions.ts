import { definitionsOf } from '../shared/domain/tenant/attribute-definitions.ts';
import { changeTenant } from '../shared/domain/tenant/change-tenant.ts';
import { attributeDefinitionsBody } from '../shared/http/bodies.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentTenant, tenantResource } from '../shared/http/resources/tenant.ts';
import { findTenant, updateTenant, updateTenantAndSweep } from '../shared/repositories/tenants.ts';

/** Each definition takes the whole place of the one of its name; unknown names are skipped, and no profile changes (contract 6.1.6): only what is indexed of them. */
export const contract = contractOf({
  operationId: 'updateAttributeDefinitions',
  summary: 'Replace attribute definitions of a tenant',
  section: '5.15',
  method: 'POST',
  path: '/tenant/{name}/attribute_definitions/update',
  authorisation: 'accessToken',
  parameters: { name: pathText('Name of the tenant') },
  body: attributeDefinitionsBody,
  response: tenantResource,
  errors: ['actionDenied', 'noSuchTenant'],
  settings: ['wireLine'],
});

export const dependencies = { findTenant, updateTenant, updateTenantAndSweep };

export async function handle(
  deps: typeof dependencies,
  { caller, parameters, body, settings }: RequestOf<typeof contract>,
) {
  const tenant = await changeTenant(deps, caller, parameters.name, ({ attributeDefinitions }) => {
    // Nothing new is defined; of several with one name the last one stays, as if they came one after the other.
    const definitions = definitionsOf(body.toReversed(), () => true);
    const updated = new Map(definitions.map((definition) => [definition.name, definition]));
    return { attributeDefinitions: attributeDefinitions.map((stored) => updated.get(stored.name) ?? stored) };
  });
  return presentTenant(tenant, settings.wireLine);
}

export const handler = endpoint(contract, handle, dependencies);
