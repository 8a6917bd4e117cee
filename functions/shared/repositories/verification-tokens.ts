import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { CallsByIntent } from '../config/calls.ts';
import type { TokenPurpose, VerificationToken } from '../domain/verification-token/verification-token.ts';
import { documentClient } from './dynamodb/client.ts';
import { hashOfId } from './dynamodb/id-hash.ts';
import { tokensTable, verificationTokenKey } from './dynamodb/keys.ts';
import { getItem } from './dynamodb/reads.ts';
import { everyFieldOf } from './dynamodb/stored.ts';
import { deleteItem, expiresAtSeconds, type TransactionItem } from './dynamodb/writes.ts';

const purposeSet = z.pipe(
  z.set(z.enum(['verify', 'changePassword'])),
  z.transform((purposes): readonly TokenPurpose[] => [...purposes]),
);

const verificationTokenItem = everyFieldOf<Omit<VerificationToken, 'id'>>()({
  tenant: z.string(),
  profileId: z.string(),
  timestampMs: z.number(),
  purposes: purposeSet,
  credentialEpoch: z.number(),
  disableEpoch: z.number(),
  emailEpoch: z.optional(z.number()),
});

const keyOf = (id: string) => verificationTokenKey(hashOfId(id));

/** The put of a new token, alone or in a transaction; a fresh random id needs no condition. */
export const putVerificationToken = ({ id, ...token }: VerificationToken, ageSeconds: number) =>
  ({
    Put: {
      TableName: tokensTable(),
      Item: {
        ...keyOf(id),
        ...token,
        purposes: new Set(token.purposes),
        expiresAtSeconds: expiresAtSeconds(token.timestampMs, ageSeconds),
      },
    },
  }) satisfies TransactionItem;

/** A fresh random id needs no condition; a repeat writes the same again. */
export async function createVerificationToken(token: VerificationToken, ageSeconds: number): Promise<void> {
  await documentClient().send(new PutCommand(putVerificationToken(token, ageSeconds).Put));
}

/** Undefined where there is none; whether it is still live is the caller's to judge. */
export async function findVerificationToken(id: string): Promise<VerificationToken | undefined> {
  const item = await getItem(tokensTable(), keyOf(id));
  return item && { id, ...z.parse(verificationTokenItem, item) };
}

/** The claim of a token, for a transaction with what it allows: of any number of calls one finds it there. */
export const claimVerificationToken = (id: string): TransactionItem => ({
  Delete: { TableName: tokensTable(), Key: keyOf(id), ConditionExpression: 'attribute_exists(pk)' },
});

/** Also where there is none. */
export const deleteVerificationToken = (id: string): Promise<void> => deleteItem(tokensTable(), keyOf(id));

/** What each intent calls. */
export const calls = {
  createVerificationToken: ['PutItem verificationToken'],
  findVerificationToken: ['Get verificationToken'],
  deleteVerificationToken: ['DeleteItem verificationToken'],
} as const satisfies CallsByIntent;
