import * as z from 'zod/mini';
import { noteChange } from '../audit/tally.ts';
import type { CallsByIntent } from '../config/calls.ts';
import type { PersistentLogin } from '../domain/session/persistent-login.ts';
import { type Seal, sealed, unsealed } from '../domain/values/sealed-text.ts';
import { hashOfId } from './dynamodb/id-hash.ts';
import { persistentLoginKey, ticketsTable } from './dynamodb/keys.ts';
import { getItem } from './dynamodb/reads.ts';
import { everyFieldOf } from './dynamodb/stored.ts';
import { deleteItem, expiresAtSeconds, putFresh, updateIf } from './dynamodb/writes.ts';

const persistentLoginItem = everyFieldOf<Omit<PersistentLogin, 'id'>>()({
  tenant: z.string(),
  profileId: z.string(),
  token: z.string(),
  timestampMs: z.number(),
  credentialEpoch: z.number(),
  disableEpoch: z.number(),
});

const keyOf = (id: string) => persistentLoginKey(hashOfId(id));

/** Only the holder of the id can open it: the store alone gives no token away. */
const sealOf = (id: string): Seal => ({ secret: id, use: 'serverless-profile persistent login' });

const encrypt = (token: string, id: string): string => sealed(token, sealOf(id)).toString('base64');
const decrypt = (stored: string, id: string): string => unsealed(Buffer.from(stored, 'base64'), sealOf(id));

/** A fresh random id needs no condition; a repeat writes the same again. */
export async function createPersistentLogin({ id, ...login }: PersistentLogin, ageSeconds: number): Promise<void> {
  const item = {
    ...keyOf(id),
    ...login,
    token: encrypt(login.token, id),
    expiresAtSeconds: expiresAtSeconds(login.timestampMs, ageSeconds),
  };
  noteChange({ tenant: login.tenant, profileId: login.profileId }, ['persistentLogin']);
  await putFresh(ticketsTable(), item);
}

/** Undefined where there is none; whether it is still live is the caller's to judge. */
export async function findPersistentLogin(id: string): Promise<PersistentLogin | undefined> {
  const item = await getItem(ticketsTable(), keyOf(id));
  if (item === undefined) return undefined;
  const login = z.parse(persistentLoginItem, item);
  return { id, ...login, token: decrypt(login.token, id) };
}

/** False where the login is gone, which a new token must not undo. */
export async function replaceLoginToken(id: string, token: string): Promise<boolean> {
  noteChange({}, ['persistentLoginToken']);
  const updated = await updateIf({
    TableName: ticketsTable(),
    Key: keyOf(id),
    UpdateExpression: 'SET #token = :token',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#token': 'token' },
    ExpressionAttributeValues: { ':token': encrypt(token, id) },
  });
  return updated !== undefined;
}

/** Also where there is none. */
export function deletePersistentLogin(id: string): Promise<void> {
  noteChange({}, ['persistentLogin']);
  return deleteItem(ticketsTable(), keyOf(id));
}

/** What each intent calls. */
export const calls = {
  createPersistentLogin: ['PutItem persistentLogin'],
  findPersistentLogin: ['Get persistentLogin'],
  replaceLoginToken: ['UpdateItem persistentLogin'],
  deletePersistentLogin: ['DeleteItem persistentLogin'],
} as const satisfies CallsByIntent;
