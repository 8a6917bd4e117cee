import { canFilterBy, listWhere, openTenant } from '../shared/domain/profile-list/list.ts';
import { attributeEquals } from '../shared/domain/profile-list/query/match.ts';
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

/** An attribute that the caller may not read is refused, or the list would tell what it holds (contract 9.1 #14). */
export const contract = contractOf({
  operationId: 'getProfilesByAttributeValue',
  summary: 'List the profiles with this value of an attribute',
  section: '5.39',
  method: 'GET',
  path: '/profile/by_attribute_value',
  authorisation: 'accessToken',
  parameters: {
    tenantName: text('Name of the tenant'),
    attributeName: text('Name of the attribute, or a dotted path into its value'),
    attributeValue: text('The value: this very string, or an array that holds it'),
    ...sorting,
    ...turningWhole,
    attributesToReturn,
  },
  response: profileListResource,
  errors: ['actionDenied', 'invalidQuery'],
  readsManyProfiles: true,
});

export const dependencies = { findTenant, findProfiles, listIdsByCreation, listCreationPage, listEntryPage };

export async function handle(deps: typeof dependencies, request: RequestOf<typeof contract>) {
  const { caller, parameters } = request;
  const { tenantName, attributeName, attributeValue } = parameters;
  const reader = await openTenant(deps, caller, tenantName);
  if (reader === undefined || !canFilterBy(reader, attributeName)) return [];
  const paging = openWholePage(request, reader.caller, [
    contract.operationId,
    tenantName,
    attributeName,
    attributeValue,
  ]);
  const page = await listWhere(deps, reader, { ...parameters, ...paging }, paging.window, {
    field: `attributes.${attributeName}`,
    asked: { kind: 'values', values: [attributeValue], isOne: true },
    passes: (view) => attributeEquals(attributeName, attributeValue, view),
  });
  return pageAnswer(request, paging, page);
}

export const handler = endpoint(contract, handle, dependencies);
