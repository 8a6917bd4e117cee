import * as z from 'zod/mini';
import type { CallsByIntent } from '../config/calls.ts';
import type { Profile } from '../domain/profile/profile.ts';
import { profileKey, profilesTable, refusedMailKey } from './dynamodb/keys.ts';
import { inPartition, queryItems } from './dynamodb/reads.ts';
import { deleteItem, type TransactionItem, transact } from './dynamodb/writes.ts';

/** Sets or removes what the profile knows of it, which is a write to the profile like any other: its revision moves. */
const profileUpdate = (id: string, change: string, values: Readonly<Record<string, unknown>>): TransactionItem => ({
  Update: {
    TableName: profilesTable(),
    Key: profileKey(id),
    UpdateExpression: `${change} ADD revision :one`,
    ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(deletedAtMs)',
    ExpressionAttributeValues: { ...values, ':one': 1 },
  },
});

const removal = (id: string): TransactionItem => ({
  Delete: { TableName: profilesTable(), Key: refusedMailKey(id) },
});

/** Notes that the verification mail of a profile was refused, on the profile and where all of these are found; nothing where it is gone. */
export async function noteRefusedMail({ id }: Pick<Profile, 'id'>, atMs: number): Promise<void> {
  await transact({
    profile: profileUpdate(id, 'SET mailRefusedAtMs = :at', { ':at': atMs }),
    mark: { Put: { TableName: profilesTable(), Item: { ...refusedMailKey(id), atMs } } },
  });
}

/** Takes the note of a profile away, also where there is none or the profile is gone. */
export async function clearRefusedMail(id: string): Promise<void> {
  const failed = await transact({ profile: profileUpdate(id, 'REMOVE mailRefusedAtMs', {}), mark: removal(id) });
  if (failed.has('profile')) await deleteItem(profilesTable(), refusedMailKey(id));
}

/** The same as part of the transaction in which a profile goes, as it was read. */
export const withoutRefusedMail = ({
  id,
  mailRefusedAtMs,
}: Pick<Profile, 'id' | 'mailRefusedAtMs'>): Readonly<Record<string, TransactionItem>> =>
  mailRefusedAtMs === undefined ? {} : { refusedMail: removal(id) };

const marks = z.array(z.object({ sk: z.string() }));

/** The ids of all profiles with such a note, whatever has become of them. */
export const listRefusedMails = async (): Promise<readonly string[]> =>
  z.parse(marks, await queryItems(inPartition(profilesTable(), refusedMailKey('').pk))).map(({ sk }) => sk);

/** What each intent calls. */
export const calls = {
  noteRefusedMail: ['UpdateItem profile', 'PutItem refusedMail'],
  clearRefusedMail: ['UpdateItem profile', 'DeleteItem refusedMail'],
  listRefusedMails: ['Query refusedMail'],
} as const satisfies CallsByIntent;
