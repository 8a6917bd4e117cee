import * as z from 'zod/mini';
import { noteChange } from '../audit/tally.ts';
import type { CallsByIntent } from '../config/calls.ts';
import type { TokenPurpose, VerificationToken } from '../domain/verification-token/verification-token.ts';
import { hashOfId } from './dynamodb/id-hash.ts';
import { tokensTable, verificationTokenKey } from './dynamodb/keys.ts';
import { getItem } from './dynamodb/reads.ts';
import { everyFieldOf } from './dynamodb/stored.ts';
import { deleteItem, expiresAtSeconds, putFresh, type TransactionItem } from './dynamodb/writes.ts';

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

/** A new token as it is stored. */
function newTokenItem({ id, ...token }: VerificationToken, ageSeconds: number) {
  noteChange({ tenant: token.tenant, profileId: token.profileId }, ['verificationToken']);
  return {
    ...keyOf(id),
    ...token,
    purposes: new Set(token.purposes),
    expiresAtSeconds: expiresAtSeconds(token.timestampMs, ageSeconds),
  };
}

/** The put of a new token, as part of a transaction; a fresh random id needs no condition. */
export const putVerificationToken = (token: VerificationToken, ageSeconds: number): TransactionItem => ({
  Put: { TableName: tokensTable(), Item: newTokenItem(token, ageSeconds) },
});

/** A fresh random id needs no condition; a repeat writes the same again. */
export const createVerificationToken = (token: VerificationToken, ageSeconds: number): Promise<void> =>
  putFresh(tokensTable(), newTokenItem(token, ageSeconds));

/** Undefined where there is none; whether it is still live is the caller's to judge. */
export async function findVerificationToken(id: string): Promise<VerificationToken | undefined> {
  const item = await getItem(tokensTable(), keyOf(id));
  return item && { id, ...z.parse(verificationTokenItem, item) };
}

/** The claim of a token, for a transaction with what it allows: of any number of calls one finds it there. */
export function claimVerificationToken(id: string): TransactionItem {
  noteChange({}, ['verificationToken']);
  return { Delete: { TableName: tokensTable(), Key: keyOf(id), ConditionExpression: 'attribute_exists(pk)' } };
}

/** Also where there is none. */
export function deleteVerificationToken(id: string): Promise<void> {
  noteChange({}, ['verificationToken']);
  return deleteItem(tokensTable(), keyOf(id));
}

/** What each intent calls. */
export const calls = {
  createVerificationToken: ['PutItem verificationToken'],
  findVerificationToken: ['Get verificationToken'],
  deleteVerificationToken: ['DeleteItem verificationToken'],
} as const satisfies CallsByIntent;
