import { isLegacyHash } from '../../../functions/shared/domain/sign-in/legacy-password-hash.ts';
import type { Fields } from './fields.ts';

const isChecked = (hash: string) => isLegacyHash(hash) || hash.startsWith('$argon2id$v=19$m=19456,t=2,p=1$');

/** The hash of a document's password where a sign-in can check it; else the profile has no password, and that is told. */
export function passwordHashIn(fields: Fields): string | undefined {
  const hash = fields.text('password');
  if (hash === undefined || hash === '') return undefined;
  if (isChecked(hash)) return hash;
  fields.tell('a password was left behind: its hash is of no form that is known, or costs too much', 'password');
  return undefined;
}
