import { requireFewNames } from '../shared/domain/profile/attributes.ts';
import { changeTenant } from '../shared/domain/tenant/change-tenant.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { list, pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentTenant, tenantResource } from '../shared/http/resources/tenant.ts';
import { findTenant, updateTenant, updateTenantAndSweep } from '../shared/repositories/tenants.ts';

/** Values go from every profile, even those of names that are not defined, which imported data may hold. */
export const contract = contractOf({
  operationId: 'removeAttributeDefinitions',
  summary: 'Remove attribute definitions from a tenant and their values from all its profiles',
  section: '5.16',
  method: 'POST',
  path: '/tenant/{name}/attribute_definitions/remove',
  authorisation: 'accessToken',
  parameters: {
    name: pathText('Name of the tenant'),
    attributeName: list('Names of the attributes; unknown ones are no error'),
  },
  response: tenantResource,
  errors: ['actionDenied', 'noSuchTenant'],
  settings: ['wireLine'],
});

export const dependencies = { findTenant, updateTenant, updateTenantAndSweep };

export async function handle(deps: typeof dependencies, { caller, parameters, settings }: RequestOf<typeof contract>) {
  const { name, attributeName } = parameters;
  const tenant = await changeTenant(deps, caller, name, ({ attributeDefinitions }) => {
    requireFewNames(attributeName);
    return {
      attributeDefinitions: attributeDefinitions.filter((definition) => !attributeName.includes(definition.name)),
      removeAttributes: attributeName,
    };
  });
  return presentTenant(tenant, settings.wireLine);
}

export const handler = endpoint(contract, handle, dependencies);
