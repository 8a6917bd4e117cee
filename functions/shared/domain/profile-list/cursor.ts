import * as z from 'zod/mini';
import { invalidRequest } from '../../errors/api-error.ts';
import type { AccessToken } from '../access/access-token.ts';
import { parseJson } from '../values/json.ts';
import { type Seal, sealed, unsealed } from '../values/sealed-text.ts';
import type { Position } from './position.ts';

/** Whose list it is and which: a cursor of one is none of any other. */
export interface ListScope {
  readonly caller: AccessToken;
  /** Operation, tenant, filter and order. */
  readonly list: readonly (string | undefined)[];
}

const position = z.tuple([z.string(), z.string()]);

/** It follows from the caller's token: nothing is kept anywhere, and nobody without it makes a cursor or reads one. */
const sealOf = ({ caller, list }: ListScope): Seal => ({
  secret: caller.id,
  scope: JSON.stringify(list),
  use: 'serverless-profile list cursor',
});

/** A position as its reader carries it to the next page: encrypted, because what it sorts by may be nobody's to see (contract 6.6). */
export const sealPosition = ({ key, createdKey }: Position, scope: ListScope): string =>
  sealed(JSON.stringify([key, createdKey]), sealOf(scope)).toString('base64url');

function unsealedBy(scope: ListScope, cursor: string): string | undefined {
  const bytes = Buffer.from(cursor, 'base64url');
  // What is no base64url is left out of the bytes without a word.
  if (bytes.toString('base64url') !== cursor) return undefined;
  try {
    return unsealed(bytes, sealOf(scope));
  } catch {
    return undefined;
  }
}

/** The position of a cursor; 400 `OTHER` for one that was not made for this list and this caller. */
export function openCursor(cursor: string, scope: ListScope): Position {
  const { data } = z.safeParse(position, parseJson(unsealedBy(scope, cursor) ?? ''));
  if (data === undefined)
    throw invalidRequest(
      'Parameter "cursor" is of no page of this list: it goes with the same access token, filter and order',
    );
  const [key, createdKey] = data;
  return { key, createdKey };
}
