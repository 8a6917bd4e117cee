import type { Fields } from '../records/fields.ts';

/** Why a user comes without a password; `records/password.ts` tells of hashes that nobody can check. */
export const withoutPassword = {
  none: 'a user came without a password: the files have none for it',
  unknown: 'a password was left behind: its hash is of a kind that is not known here',
  clear: 'a password was left behind: it stands there in clear text',
  noKeys: 'a password was left behind: hashes of Firebase need --firebase-keys',
} as const;

/** Undefined, and why that is so told. */
export function noPassword(fields: Fields, reason: keyof typeof withoutPassword, field = 'password'): undefined {
  fields.tell(withoutPassword[reason], field);
}

const anyBase64 = /^[A-Za-z0-9+/_-]+={0,2}$/;

/** Base64 of either alphabet as PHC texts have it: of the first one, without padding. */
const unpadded = (base64: string): string | undefined =>
  anyBase64.test(base64) ? Buffer.from(base64, 'base64').toString('base64').replace(/=+$/, '') : undefined;

/** A hash as PHC text; undefined where salt or tag is no base64. */
export function phcText(kind: string, salt: string | undefined, tag: string | undefined): string | undefined {
  const [ofSalt, ofTag] = [unpadded(salt ?? ''), unpadded(tag ?? '')];
  return ofSalt === undefined || ofTag === undefined ? undefined : `$${kind}$${ofSalt}$${ofTag}`;
}
