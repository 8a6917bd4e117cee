import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

const FOLDER = '.build/test-run';
const POLL_MS = 50;
/** Whoever was to make it has died. */
const PATIENCE_MS = 120_000;

/** Forgets what an earlier run made. */
export const clearOnceARun = () => rmSync(FOLDER, { recursive: true, force: true });

/** Whether this worker is the one that makes it. */
function claims(lock: string): boolean {
  mkdirSync(FOLDER, { recursive: true });
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

/** Whole from the moment that it is there. */
function keep(file: string, text: string): string {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
  return text;
}

const pause = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, POLL_MS);

/**
 * What is costly to make and the same for all test files: made by the first worker that asks, while others wait for it. Where making it
 * fails, that test file fails, and the next one that asks tries again.
 */
export function onceARun(name: string, make: () => string): string {
  const [file, lock] = [`${FOLDER}/${name}`, `${FOLDER}/${name}.lock`];
  for (const deadlineMs = performance.now() + PATIENCE_MS; performance.now() < deadlineMs; pause()) {
    if (existsSync(file)) return readFileSync(file, 'utf8');
    if (!claims(lock)) continue;
    try {
      return keep(file, make());
    } finally {
      rmSync(lock, { recursive: true, force: true });
    }
  }
  throw new Error(`Nobody has made "${name}" in ${PATIENCE_MS} ms: is ${lock} left over?`);
}
