import { listRange, openTenant } from '../shared/domain/profile-list/list.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { openPage, pageAnswer, turning } from '../shared/http/list-pages.ts';
import { attributesToReturn, paging, sorting, text } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { profileListResource } from '../shared/http/resources/profile.ts';
import {
  listCreationPage,
  listEmailPage,
  listEntryPage,
  listUsernamePage,
} from '../shared/repositories/index-reads.ts';
import { listIdsByCreation } from '../shared/repositories/profile-lists.ts';
import { findProfiles } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';

export const contract = contractOf({
  operationId: 'getProfileRange',
  summary: 'List a range of the profiles of a tenant',
  section: '5.36',
  method: 'GET',
  path: '/profile/range',
  authorisation: 'accessToken',
  parameters: { tenantName: text('Name of the tenant'), ...sorting, ...paging, ...turning, attributesToReturn },
  response: profileListResource,
  errors: ['actionDenied'],
  readsManyProfiles: true,
});

export const dependencies = {
  findTenant,
  findProfiles,
  listIdsByCreation,
  listCreationPage,
  listUsernamePage,
  listEmailPage,
  listEntryPage,
};

export async function handle(deps: typeof dependencies, request: RequestOf<typeof contract>) {
  const { caller, parameters } = request;
  const reader = await openTenant(deps, caller, parameters.tenantName);
  if (reader === undefined) return [];
  const paging = openPage(request, reader.caller, [contract.operationId, parameters.tenantName]);
  return pageAnswer(request, paging, await listRange(deps, reader, { ...parameters, ...paging }, paging.window));
}

export const handler = endpoint(contract, handle, dependencies);
