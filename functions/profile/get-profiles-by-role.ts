import { listWhere, openTenant } from '../shared/domain/profile-list/list.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { openWholePage, pageAnswer, turningWhole } from '../shared/http/list-pages.ts';
import { attributesToReturn, sorting, text } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { profileListResource } from '../shared/http/resources/profile.ts';
import { listCreationPage, listEntryPage } from '../shared/repositories/index-reads.ts';
import { listIdsByCreation } from '../shared/repositories/profile-lists.ts';
import { findProfiles } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';

export const contract = contractOf({
  operationId: 'getProfilesByRole',
  summary: 'List the profiles that hold a role',
  section: '5.37',
  method: 'GET',
  path: '/profile/by_role',
  authorisation: 'accessToken',
  parameters: {
    tenantName: text('Name of the tenant'),
    role: text('The role; commas are part of its name'),
    ...sorting,
    ...turningWhole,
    attributesToReturn,
  },
  response: profileListResource,
  errors: ['actionDenied'],
  readsManyProfiles: true,
});

export const dependencies = { findTenant, findProfiles, listIdsByCreation, listCreationPage, listEntryPage };

export async function handle(deps: typeof dependencies, request: RequestOf<typeof contract>) {
  const { caller, parameters } = request;
  const { tenantName, role } = parameters;
  const reader = await openTenant(deps, caller, tenantName);
  if (reader === undefined) return [];
  const paging = openWholePage(request, reader.caller, [contract.operationId, tenantName, role]);
  const page = await listWhere(deps, reader, { ...parameters, ...paging }, paging.window, {
    field: 'roles',
    asked: { kind: 'values', values: [role], isOne: true },
    passes: (view) => view.roles.includes(role),
  });
  return pageAnswer(request, paging, page);
}

export const handler = endpoint(contract, handle, dependencies);
