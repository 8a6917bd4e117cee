import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** What a text is sealed by: who lacks the secret cannot make the key, and no two uses or scopes share one. */
export interface Seal {
  readonly secret: string;
  readonly scope?: string;
  readonly use: string;
}

const keyOf = ({ secret, scope = '', use }: Seal) => Buffer.from(hkdfSync('sha256', secret, scope, use, KEY_BYTES));

/** The text, encrypted and authenticated; other bytes each time. */
export function sealed(text: string, seal: Seal): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, keyOf(seal), iv);
  const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), encrypted]);
}

/** The text; throws for bytes that were not sealed so. */
export function unsealed(bytes: Buffer, seal: Seal): string {
  const decipher = createDecipheriv(CIPHER, keyOf(seal), bytes.subarray(0, IV_BYTES));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
}
