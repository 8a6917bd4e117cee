import crypto from 'node:crypto';
import { log } from '../../config/logger.ts';
import { count } from '../../config/metrics.ts';
import type { Argon2, Argon2Input } from './argon2-input.ts';

/** Synchronous on purpose: a sandbox serves one request at a time, and the asynchronous call keeps its memory. */
const native = ({ algorithm, password, salt, ...cost }: Argon2Input): Uint8Array =>
  crypto.argon2Sync(algorithm, { ...cost, message: password, nonce: salt });

/** The least that argon2id can cost, and its tag. */
const trial = {
  algorithm: 'argon2id',
  password: 'proof',
  salt: new Uint8Array(16),
  memory: 8,
  passes: 1,
  parallelism: 1,
  tagLength: 32,
} satisfies Argon2Input;
const TAG_OF_TRIAL = 'a9b7b4bcf90ec9ffb7e4564cfb5b7165df3c6c051fba6a1bd96bbf0e77f5e490';

/** Node may have the function without the OpenSSL that carries it out: only a call tells. */
function isNativeThere(): boolean {
  try {
    return Buffer.from(native(trial)).toString('hex') === TAG_OF_TRIAL;
  } catch {
    return false;
  }
}

/** Not under SAM, and not locally, where nobody looks for it. */
function isDeployed(): boolean {
  const { AWS_LAMBDA_INITIALIZATION_TYPE, AWS_SAM_LOCAL } = process.env;
  return AWS_LAMBDA_INITIALIZATION_TYPE !== undefined && AWS_SAM_LOCAL === undefined;
}

/** A line as the logger writes it, without the milliseconds that making one takes: every start would wait for them. */
function tellNative(): void {
  const line = { level: 'INFO', message: 'Argon2id', service: 'serverless-profile', implementation: 'native' };
  process.stdout.write(`${JSON.stringify({ ...line, timestamp: new Date().toISOString() })}\n`);
}

async function choose(): Promise<Argon2> {
  if (isNativeThere()) {
    if (isDeployed()) tellNative();
    return native;
  }
  log().warn('Argon2id', { implementation: 'wasm' });
  const fallback = await import('./argon2id-fallback.ts');
  count('Argon2idFallback');
  return fallback.argon2;
}

let chosen: Promise<Argon2> | undefined;

/** Argon2 of the runtime where a trial of argon2id has proved it, of WebAssembly elsewhere; tried once in the life of a sandbox. */
export function provenArgon2(): Promise<Argon2> {
  chosen ??= choose();
  return chosen;
}

/** Finds out while a function starts which one it has. Never fails: the first request would find out by itself what is wrong. */
export async function proveArgon2id(): Promise<void> {
  await provenArgon2().catch(() => undefined);
}
