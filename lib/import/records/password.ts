import { isCheckableHash } from '../../../functions/shared/domain/sign-in/checkable-hash.ts';
import type { Fields } from './fields.ts';

/** The hash of a document's password where a sign-in can check it; else the profile has no password, and that is told. */
export function passwordHashIn(fields: Fields): string | undefined {
  const hash = fields.text('password');
  if (hash === undefined || hash === '') return undefined;
  if (isCheckableHash(hash)) return hash;
  fields.tell('a password was left behind: its hash is of no form that is known, or costs too much', 'password');
  return undefined;
}
