import * as z from 'zod/mini';
import type { Ticket } from '../../domain/session/ticket.ts';
import { dateMs } from './date.ts';

/** Contract 2.4. */
export const ticketResource = z.object({
  id: z.string(),
  tenant: z.string(),
  profileId: z.string(),
  lastRequestTime: dateMs,
});

export const presentTicket = (ticket: Ticket): z.input<typeof ticketResource> => ({
  id: ticket.id,
  tenant: ticket.tenant,
  profileId: ticket.profileId,
  lastRequestTime: ticket.lastRequestTimeMs,
});
