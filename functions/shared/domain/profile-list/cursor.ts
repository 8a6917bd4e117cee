import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { invalidRequest } from '../../errors/api-error.ts';
import type { AccessToken } from '../access/access-token.ts';
import { parseJson } from '../values/json.ts';
import type { Position } from './position.ts';

/** Whose list it is and which: a cursor of one is none of any other. */
export interface ListScope {
  readonly caller: AccessToken;
  /** Operation, tenant, filter and order. */
  readonly list: readonly (string | undefined)[];
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

const position = z.tuple([z.string(), z.string()]);

/** A key that follows from the caller's token: nothing is kept anywhere, and nobody without it makes a cursor or reads one. */
const keyOf = ({ caller, list }: ListScope) =>
  Buffer.from(hkdfSync('sha256', caller.id, JSON.stringify(list), 'serverless-profile list cursor', 32));

/** A position as its reader carries it to the next page: encrypted, because what it sorts by may be nobody's to see (contract 6.6). */
export function sealPosition({ key, createdKey }: Position, scope: ListScope): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(scope), iv);
  const text = Buffer.concat([cipher.update(JSON.stringify([key, createdKey]), 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url');
}

function decrypted(sealed: string, scope: ListScope): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  // What is no base64url is left out of the bytes without a word.
  if (bytes.length < IV_BYTES + TAG_BYTES || bytes.toString('base64url') !== sealed) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', keyOf(scope), bytes.subarray(0, IV_BYTES));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

/** The position of a cursor; 400 `OTHER` for one that was not made for this list and this caller. */
export function openCursor(sealed: string, scope: ListScope): Position {
  const { data } = z.safeParse(position, parseJson(decrypted(sealed, scope) ?? ''));
  if (data === undefined)
    throw invalidRequest(
      'Parameter "cursor" is of no page of this list: it goes with the same access token, filter and order',
    );
  const [key, createdKey] = data;
  return { key, createdKey };
}
