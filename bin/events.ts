/** `npm run events`: writes the sample event of every function that has none yet; those that are there stay as they are. */
import { lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sampleEvents } from '../lib/local/sample-events.ts';

process.chdir(join(import.meta.dirname, '..'));
for (const [name, event] of sampleEvents()) {
  const file = join('events', `${name}.json`);
  if (lstatSync(file, { throwIfNoEntry: false }) !== undefined) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(event, null, 2)}\n`, { flag: 'wx' });
  console.log(file);
}
