import { createHash } from 'node:crypto';

/** How the id of a ticket, persistent login or verification token stands in the store. */
export const hashOfId = (id: string): string => createHash('sha256').update(id).digest('hex');
