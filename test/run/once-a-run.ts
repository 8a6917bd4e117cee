import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

const FOLDER = '.build/test-run';
const POLL_MS = 50;

/** Forgets what an earlier run made. */
export const clearOnceARun = () => rmSync(FOLDER, { recursive: true, force: true });

/** Whether this worker is the one that makes it. */
function claim(lock: string): boolean {
  mkdirSync(FOLDER, { recursive: true });
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

const pause = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, POLL_MS);

/**
 * What is costly to make and the same for all test files: made by the first worker that asks, while others wait for it. Where making it
 * fails, that test file fails, and the next one that asks tries again.
 */
export function onceARun(name: string, make: () => string): string {
  const [file, lock] = [`${FOLDER}/${name}`, `${FOLDER}/${name}.lock`];
  for (; !existsSync(file); pause()) {
    if (!claim(lock)) continue;
    try {
      writeFileSync(`${lock}/made`, make());
      renameSync(`${lock}/made`, file);
    } finally {
      rmSync(lock, { recursive: true });
    }
  }
  return readFileSync(file, 'utf8');
}
