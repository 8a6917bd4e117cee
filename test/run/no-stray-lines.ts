import { format } from 'node:util';

/** What the test file has written, and has not captured. */
const stray: string[] = [];

const levels = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;
for (const level of levels)
  Object.defineProperty(console, level, {
    value: (...parts: readonly unknown[]) => void stray.push(format(...parts)),
    writable: true,
    configurable: true,
  });

const { write } = process.stdout;
const put = (value: unknown) =>
  Object.defineProperty(process.stdout, 'write', { value, writable: true, configurable: true });
put((chunk: unknown) => stray.push(String(chunk)) > 0);

// A run says what its tests say and nothing else: a line that is meant is captured and expected (`captureOutput`).
afterEach(() => expect(stray.splice(0)).toEqual([]));
afterAll(() => put(write));
