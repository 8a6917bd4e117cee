/** Loaded only where the runtime has no argon2id: bundles have it in a file of its own. */
import { argon2id as ofWebAssembly } from 'hash-wasm';
import type { Argon2idInput } from './argon2id-input.ts';

/** Stands for the empty password, which the package does not take. */
const STAND_IN = ' ';

/**
 * Argon2id in WebAssembly: the same tags, in about three times the time. The empty password costs the same work and gets a tag that no password has: there is no
 * argon2id hash of it (`hashPassword`).
 */
export async function argon2id({ password, salt, memory, passes, tagLength }: Argon2idInput): Promise<Uint8Array> {
  const tag = await ofWebAssembly({
    password: password || STAND_IN,
    salt,
    memorySize: memory,
    iterations: passes,
    parallelism: 1,
    hashLength: tagLength,
    outputType: 'binary',
  });
  return password === '' ? tag.fill(0) : tag;
}
