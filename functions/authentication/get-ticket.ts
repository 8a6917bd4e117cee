import { useTicket } from '../shared/domain/session/ticket.ts';
import { assertThat, noSuchTicket } from '../shared/errors/api-error.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentTicket, ticketResource } from '../shared/http/resources/ticket.ts';
import { findProfile } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';
import { findTicket, touchTicket } from '../shared/repositories/tickets.ts';

export const contract = contractOf({
  operationId: 'getTicket',
  summary: 'Read a ticket and prolong its life',
  section: '5.51',
  method: 'GET',
  path: '/authentication/ticket/{id}',
  authorisation: 'accessToken',
  parameters: { id: pathText('Id of the ticket') },
  response: ticketResource,
  errors: ['noSuchTicket', 'actionDenied'],
  absent: 'noSuchTicket',
  settings: ['ticketAgeSeconds'],
});

export const dependencies = { findProfile, findTenant, findTicket, touchTicket };

export async function handle(deps: typeof dependencies, { caller, parameters, settings }: RequestOf<typeof contract>) {
  const used = await useTicket(deps, caller, parameters.id, settings.ticketAgeSeconds);
  assertThat(used, () => noSuchTicket(parameters.id));
  return presentTicket(used.ticket);
}

export const handler = endpoint(contract, handle, dependencies);
