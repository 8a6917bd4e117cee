import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes every test of a file run in a folder of its own, empty at first, as commands find their files in the current one. */
export function inScratchDirectory(): void {
  const before = process.cwd();
  let place = '';
  beforeEach(() => {
    place = realpathSync(mkdtempSync(join(tmpdir(), 'scratch-')));
    process.chdir(place);
  });
  afterEach(() => {
    process.chdir(before);
    rmSync(place, { recursive: true });
  });
}
