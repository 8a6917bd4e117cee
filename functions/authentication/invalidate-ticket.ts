import { findOpen } from '../shared/domain/session/lifetime.ts';
import { ticketLifetime } from '../shared/domain/session/ticket.ts';
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
  settings: ['ticketAgeSeconds'],
});

export const dependencies = { findTicket, deleteTicket };

export async function handle(deps: typeof dependencies, { caller, parameters, settings }: RequestOf<typeof contract>) {
  const lookUp = deps.findTicket(parameters.id);
  const open = await findOpen(ticketLifetime, settings.ticketAgeSeconds, caller, lookUp);
  if (open) await deps.deleteTicket(open.bound.id);
}

export const handler = endpoint(contract, handle, dependencies);
