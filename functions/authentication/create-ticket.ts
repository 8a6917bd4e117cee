import { loadForSignIn } from '../shared/domain/session/load-for-sign-in.ts';
import { newTicket } from '../shared/domain/session/ticket.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { text } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { presentTicket, ticketResource } from '../shared/http/resources/ticket.ts';
import { findProfile } from '../shared/repositories/profiles.ts';
import { findTenant } from '../shared/repositories/tenants.ts';
import { createTicket } from '../shared/repositories/tickets.ts';

/** Signs a profile in without its password: the application vouches for it. */
export const contract = contractOf({
  operationId: 'createTicket',
  summary: 'Create a ticket for a profile',
  section: '5.50',
  method: 'POST',
  path: '/authentication/ticket/create',
  authorisation: 'accessToken',
  parameters: { profileId: text('Id of the profile') },
  response: ticketResource,
  errors: ['noSuchProfile', 'actionDenied', 'disabledProfile'],
  settings: ['ticketAgeSeconds'],
});

export const dependencies = { findProfile, findTenant, createTicket };

export async function handle(deps: typeof dependencies, { caller, parameters, settings }: RequestOf<typeof contract>) {
  const profile = await loadForSignIn(deps, caller, parameters.profileId);
  const ticket = newTicket(profile);
  await deps.createTicket(ticket, settings.ticketAgeSeconds);
  return presentTicket(ticket);
}

export const handler = endpoint(contract, handle, dependencies);
