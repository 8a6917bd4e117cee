import {
  defaultsOf,
  definitionsOf,
  isDefinedIn,
  requireFewDefinitions,
} from '../shared/domain/tenant/attribute-definitions.ts';
import { changeTenant } from '../shared/domain/tenant/change-tenant.ts';
import { attributeDefinitionsBody } from '../shared/http/bodies.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentTenant, tenantResource } from '../shared/http/resources/tenant.ts';
import { findTenant, updateTenant, updateTenantAndSweep } from '../shared/repositories/tenants.ts';

/** Names that are defined already stay as they are. Profiles get the default values, of all definitions, that they lack (contract 6.1.6). */
export const contract = contractOf({
  operationId: 'addAttributeDefinitions',
  summary: 'Add attribute definitions to a tenant',
  section: '5.14',
  method: 'POST',
  path: '/tenant/{name}/attribute_definitions/add',
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
  const tenant = await changeTenant(deps, caller, parameters.name, (stored) => {
    const isKnown = isDefinedIn(stored);
    const added = definitionsOf(body, isKnown).filter((definition) => !isKnown(definition.name));
    const attributeDefinitions = requireFewDefinitions([...stored.attributeDefinitions, ...added]);
    return { attributeDefinitions, defaults: defaultsOf({ attributeDefinitions }) };
  });
  return presentTenant(tenant, settings.wireLine);
}

export const handler = endpoint(contract, handle, dependencies);
