import { randomBytes } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { CallsByIntent } from '../config/calls.ts';
import { describeError, log } from '../config/logger.ts';
import { documentClient } from './dynamodb/client.ts';
import { auditKeyKey, tokensTable } from './dynamodb/keys.ts';
import { putNew } from './dynamodb/writes.ts';

/** A record is worth no more of a caller's time. */
const LIMIT_MS = 1000;
const KEY_BYTES = 32;

const stored = z.object({ secret: z.instanceof(Uint8Array) });

/** It never changes in the life of an installation. */
let kept: Uint8Array | undefined;

/** Has it known, or forgotten, in this process. */
export function keepAuditKey(key: Uint8Array | undefined): void {
  kept = key;
}

async function readKey(): Promise<Uint8Array | undefined> {
  const read = new GetCommand({ TableName: tokensTable(), Key: { ...auditKeyKey }, ConsistentRead: true });
  const { Item } = await documentClient().send(read, { abortSignal: AbortSignal.timeout(LIMIT_MS) });
  return Item && z.parse(stored, Item).secret;
}

/**
 * The key of the hashes in the audit trail, which a sandbox reads once, normally while it starts. Undefined where the installation has none yet, or where it cannot
 * be read in a second: a record without hashes is better than no answer.
 */
export async function findAuditKey(): Promise<Uint8Array | undefined> {
  try {
    kept ??= await readKey();
  } catch (fault) {
    log().warn('The key of the audit trail could not be read', { error: describeError(fault) });
  }
  return kept;
}

/** The same, made where there is none: by an operator's command or a start of the local stack, never by a function. */
export async function ensureAuditKey(): Promise<Uint8Array> {
  const secret = (await readKey()) ?? randomBytes(KEY_BYTES);
  const isNew = await putNew(tokensTable(), { ...auditKeyKey, secret });
  kept = isNew ? secret : ((await readKey()) ?? secret);
  return kept;
}

/** What each intent calls. */
export const calls = {
  findAuditKey: ['Get auditKey'],
} as const satisfies CallsByIntent;
