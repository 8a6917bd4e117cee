import { requireOnTenant } from '../shared/domain/access/permissions.ts';
import { useTicket } from '../shared/domain/session/ticket.ts';
import { assertThat, notSignedIn } from '../shared/errors/api-error.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { attributesToReturn, text } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentTo, profileResource } from '../shared/http/resources/profile.ts';
import { findProfile } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';
import { findTicket, touchTicket } from '../shared/repositories/tickets.ts';

/** What an application asks with every page of a signed-in user; the ticket's life is prolonged. */
export const contract = contractOf({
  operationId: 'getProfileByTicket',
  summary: 'Read the profile that a ticket stands for',
  section: '5.31',
  method: 'GET',
  path: '/profile/by_ticket',
  authorisation: 'accessToken',
  parameters: { ticketId: text('Id of the ticket'), attributesToReturn },
  response: profileResource,
  errors: ['notSignedIn', 'actionDenied'],
  settings: ['ticketAgeSeconds'],
});

export const dependencies = { findProfile, findTenant, findTicket, touchTicket };

export async function handle(deps: typeof dependencies, { caller, parameters, settings }: RequestOf<typeof contract>) {
  const used = await useTicket(deps, caller, parameters.ticketId, settings.ticketAgeSeconds);
  assertThat(used, () => notSignedIn(parameters.ticketId));
  requireOnTenant(used.caller, used.tenant.name, 'MANAGE_PROFILES', 'READ_TENANT');
  return presentTo(used, parameters.attributesToReturn);
}

export const handler = endpoint(contract, handle, dependencies);
