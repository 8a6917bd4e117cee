import { randomUUID } from 'node:crypto';
import { setting } from '../../config/configuration.ts';
import type { AccessToken } from '../access/access-token.ts';
import { requireOnTenant } from '../access/permissions.ts';
import { findPresent, type LoadedProfile, type ProfileSource } from '../profile/load-profile.ts';
import type { Profile } from '../profile/profile.ts';
import { type BoundToProfile, boundTo, isLiveSession } from './epochs.ts';

/** Contract 2.4. `id` is known to the caller only: storage has its hash. */
export interface Ticket extends BoundToProfile {
  readonly id: string;
  readonly lastRequestTimeMs: number;
}

/** A new ticket of the profile (contract 2.4). */
export const newTicket = (profile: Profile): Ticket => ({
  id: randomUUID(),
  ...boundTo(profile),
  lastRequestTimeMs: Date.now(),
});

/** How a ticket and its profile are found, and its last use stored. */
export interface TicketSource extends ProfileSource {
  findTicket(id: string): Promise<Ticket | undefined>;
  touchTicket(id: string, lastRequestTimeMs: number, ageSeconds: number): Promise<boolean>;
}

/** Whether its time is over: the store may keep it for a while after that (contract 6.10). */
export const isTicketExpired = (ticket: Ticket) =>
  Date.now() >= ticket.lastRequestTimeMs + setting('ticketAgeSeconds') * 1000;

/**
 * Uses a ticket: undefined where it is unknown, expired, invalidated or of a profile that is absent, disabled or has a new password; 403 without
 * `MANAGE_TICKETS` on its tenant. Its last use moves on, visibly (contract 6.10).
 */
export async function useTicket(
  source: TicketSource,
  callerOnItsWay: Promise<AccessToken>,
  id: string,
): Promise<(LoadedProfile & { ticket: Ticket }) | undefined> {
  const [caller, ticket] = await Promise.all([callerOnItsWay, source.findTicket(id)]);
  if (ticket === undefined || isTicketExpired(ticket)) return undefined;
  requireOnTenant(caller, ticket.tenant, 'MANAGE_TICKETS');
  const lastRequestTimeMs = Math.max(Date.now(), ticket.lastRequestTimeMs + 1);
  const [found, touched] = await Promise.all([
    findPresent(source, ticket.profileId, ticket.tenant),
    source.touchTicket(id, lastRequestTimeMs, setting('ticketAgeSeconds')),
  ]);
  if (found === undefined || !touched || !isLiveSession(ticket, found.profile)) return undefined;
  return { caller, ...found, ticket: { ...ticket, lastRequestTimeMs } };
}
