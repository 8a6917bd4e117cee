import * as z from 'zod/mini';
import type { FirebaseKeys } from '../../../functions/shared/domain/sign-in/foreign/firebase-keys.ts';
import type { Fields } from './fields.ts';

const base64 = z.string().check(z.regex(/^[A-Za-z0-9+/]{2,1000}={0,2}$/));
const keys = z.object({ signerKey: base64, saltSeparator: base64 });

/** What the hashes of Firebase in a tenant's profiles are made with: an export of our own says it, with secrets. Others are told, without a value. */
export function firebaseKeysIn(fields: Fields): FirebaseKeys | undefined {
  const value = fields.value('firebaseKeys');
  if (value === undefined) return undefined;
  const { data } = z.safeParse(keys, value);
  if (data === undefined) fields.tell('keys of Firebase were left out: they are no base64', 'firebaseKeys');
  return data;
}
