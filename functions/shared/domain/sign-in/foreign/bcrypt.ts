/** Loaded only where a hash of bcrypt is met: bundles have it in a file of its own. */
import { bcrypt as ofWebAssembly } from 'hash-wasm';

/** Bcrypt does not look at what comes behind. */
const MOST_BYTES = 72;
const TAG_BYTES = 23;
/** Stands for the empty password, which the package does not take. */
const STAND_IN = Buffer.from(' ');

/** Bcrypt in WebAssembly. The empty password costs the same work and gets a tag that no password has. */
export async function bcrypt(password: string, salt: Uint8Array, costFactor: number): Promise<Uint8Array> {
  const bytes = Buffer.from(password).subarray(0, MOST_BYTES);
  const isEmpty = bytes.length === 0;
  const tag = await ofWebAssembly({ password: isEmpty ? STAND_IN : bytes, salt, costFactor, outputType: 'binary' });
  return isEmpty ? new Uint8Array(TAG_BYTES) : tag.subarray(0, TAG_BYTES);
}
