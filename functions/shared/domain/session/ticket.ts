import { randomUUID } from 'node:crypto';
import type { AccessToken } from '../access/access-token.ts';
import type { LoadedProfile, ProfileSource } from '../profile/load-profile.ts';
import type { Profile } from '../profile/profile.ts';
import { type BoundToProfile, boundTo, isLiveSession } from './epochs.ts';
import { findLive, findOpen, type Lifetime } from './lifetime.ts';

/** Contract 2.4. `id` is known to the caller only: storage has its hash. */
export interface Ticket extends BoundToProfile {
  readonly id: string;
  readonly lastRequestTimeMs: number;
}

/** A ticket lives from its last use on. */
export const ticketLifetime: Lifetime<Ticket> = {
  action: 'MANAGE_TICKETS',
  sinceMs: ({ lastRequestTimeMs }) => lastRequestTimeMs,
  isLive: isLiveSession,
};

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

/**
 * Uses a ticket: undefined where it is unknown, expired, invalidated or of a profile that is absent, disabled or has a new password; 403 without
 * `MANAGE_TICKETS` on its tenant. Its last use moves on, visibly (contract 6.10).
 */
export async function useTicket(
  source: TicketSource,
  callerOnItsWay: Promise<AccessToken>,
  id: string,
  ageSeconds: number,
): Promise<(LoadedProfile & { ticket: Ticket }) | undefined> {
  const open = await findOpen(ticketLifetime, ageSeconds, callerOnItsWay, source.findTicket(id));
  if (open === undefined) return undefined;
  const lastRequestTimeMs = Math.max(Date.now(), open.bound.lastRequestTimeMs + 1);
  const [live, touched] = await Promise.all([
    findLive(ticketLifetime, source, open),
    source.touchTicket(id, lastRequestTimeMs, ageSeconds),
  ]);
  return live && touched ? { ...live, ticket: { ...open.bound, lastRequestTimeMs } } : undefined;
}
