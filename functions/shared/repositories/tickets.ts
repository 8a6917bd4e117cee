import * as z from 'zod/mini';
import { noteChange } from '../audit/tally.ts';
import type { CallsByIntent } from '../config/calls.ts';
import type { Ticket } from '../domain/session/ticket.ts';
import { hashOfId } from './dynamodb/id-hash.ts';
import { ticketKey, ticketsTable } from './dynamodb/keys.ts';
import { getItem } from './dynamodb/reads.ts';
import { everyFieldOf } from './dynamodb/stored.ts';
import { deleteItem, expiresAtSeconds, putFresh, touchIf } from './dynamodb/writes.ts';

const ticketItem = everyFieldOf<Omit<Ticket, 'id'>>()({
  tenant: z.string(),
  profileId: z.string(),
  lastRequestTimeMs: z.number(),
  credentialEpoch: z.number(),
  disableEpoch: z.number(),
});

const keyOf = (id: string) => ticketKey(hashOfId(id));

/** A fresh random id needs no condition; a repeat writes the same again. */
export async function createTicket({ id, ...ticket }: Ticket, ageSeconds: number): Promise<void> {
  const item = { ...keyOf(id), ...ticket, expiresAtSeconds: expiresAtSeconds(ticket.lastRequestTimeMs, ageSeconds) };
  noteChange({ tenant: ticket.tenant, profileId: ticket.profileId }, ['ticket']);
  await putFresh(ticketsTable(), item);
}

/** Undefined where there is none; whether it is still live is the caller's to judge. */
export async function findTicket(id: string): Promise<Ticket | undefined> {
  const item = await getItem(ticketsTable(), keyOf(id));
  return item && { id, ...z.parse(ticketItem, item) };
}

/** Moves the last use of a ticket on; false where it is gone, which a touch must not undo. */
export async function touchTicket(id: string, lastRequestTimeMs: number, ageSeconds: number): Promise<boolean> {
  const updated = await touchIf({
    TableName: ticketsTable(),
    Key: keyOf(id),
    UpdateExpression: 'SET lastRequestTimeMs = :now, expiresAtSeconds = :expires',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: {
      ':now': lastRequestTimeMs,
      ':expires': expiresAtSeconds(lastRequestTimeMs, ageSeconds),
    },
  });
  return updated !== undefined;
}

/** Also where there is none. */
export function deleteTicket(id: string): Promise<void> {
  noteChange({}, ['ticket']);
  return deleteItem(ticketsTable(), keyOf(id));
}

/** What each intent calls. */
export const calls = {
  createTicket: ['PutItem ticket'],
  findTicket: ['Get ticket'],
  touchTicket: ['UpdateItem ticket'],
  deleteTicket: ['DeleteItem ticket'],
} as const satisfies CallsByIntent;
