import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '../../../lib/local/stack.ts';

const directory = mkdtempSync(join(tmpdir(), 'stack-'));
afterAll(() => rmSync(directory, { recursive: true }));

test('a start that was ended before the build builds nothing, and leaves the folder to the next one', async () => {
  const outdir = join(directory, 'functions');
  const ended = startStack({ directory, outdir, port: 0, memory: true, signal: AbortSignal.abort() });
  await expect(ended).rejects.toThrow('This operation was aborted');
  expect([existsSync(outdir), existsSync(join(directory, 'stack.json'))]).toEqual([false, false]);
}, 30_000);
