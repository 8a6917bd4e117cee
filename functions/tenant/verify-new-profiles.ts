import { editTenant } from '../shared/domain/tenant/change-tenant.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { flag, pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentTenant, tenantResource } from '../shared/http/resources/tenant.ts';
import { findTenant, updateTenant } from '../shared/repositories/tenants.ts';

export const contract = contractOf({
  operationId: 'verifyNewProfiles',
  summary: 'Set whether new profiles are verified by mail',
  section: '5.11',
  method: 'POST',
  path: '/tenant/{name}/verify_new_profiles',
  authorisation: 'accessToken',
  parameters: {
    name: pathText('Name of the tenant'),
    verify: flag('Whether a mail asks new users to verify'),
  },
  response: tenantResource,
  errors: ['actionDenied', 'noSuchTenant'],
  settings: ['wireLine'],
});

export const dependencies = { findTenant, updateTenant };

export async function handle(deps: typeof dependencies, { caller, parameters, settings }: RequestOf<typeof contract>) {
  const tenant = await editTenant(deps, caller, parameters.name, () => ({ verifyNewProfiles: parameters.verify }));
  return presentTenant(tenant, settings.wireLine);
}

export const handler = endpoint(contract, handle, dependencies);
