import { kindTextOf } from './foreign/read-hash.ts';
import { isLegacyHash } from './legacy-password-hash.ts';
import { isOurHash } from './password-hash.ts';

/** Whether a stored hash can be checked at sign-in: of today's form, of the old server's, or of another identity store and within its bounds (contract 8.1). */
export const isCheckableHash = (stored: string): boolean =>
  isOurHash(stored) || isLegacyHash(stored) || kindTextOf(stored) !== undefined;

/** Whether a stored hash, or a kind, is of Firebase, whose keys a check needs. */
export const isOfFirebase = (text: string): boolean => text.startsWith('$firescrypt$');

/** The kind that a tenant's note has to have before such a hash is stored; undefined for hashes of today's form, of the old server's, and unknown ones. */
export const foreignKindOf = (stored: string): string | undefined =>
  isOurHash(stored) ? undefined : kindTextOf(stored);
