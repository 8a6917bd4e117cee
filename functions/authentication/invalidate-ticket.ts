import { requireOnTenant } from '../shared/domain/access/permissions.ts';
import { isTicketExpired } from '../shared/domain/session/ticket.ts';
import { contractOf, EMPTY } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { deleteTicket, findTicket } from '../shared/repositories/tickets.ts';

/** Signs a user out; a ticket that is gone already is no error. */
export const contract = contractOf({
  operationId: 'invalidateTicket',
  summary: 'End a ticket',
  section: '5.52',
  method: 'POST',
  path: '/authentication/ticket/{id}/invalidate',
  authorisation: 'accessToken',
  parameters: { id: pathText('Id of the ticket') },
  response: EMPTY,
  errors: ['actionDenied'],
  tables: { tickets: 'readWrite' },
  settings: ['ticketAgeSeconds'],
});

const dependencies = { findTicket, deleteTicket };

export async function handle(deps: typeof dependencies, { caller, parameters }: RequestOf<typeof contract>) {
  const [accessToken, ticket] = await Promise.all([caller, deps.findTicket(parameters.id)]);
  if (ticket === undefined || isTicketExpired(ticket)) return;
  requireOnTenant(accessToken, ticket.tenant, 'MANAGE_TICKETS');
  await deps.deleteTicket(ticket.id);
}

export const handler = endpoint(contract, handle, dependencies);
