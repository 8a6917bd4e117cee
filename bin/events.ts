/** `npm run events`: writes the sample event of every function that has none yet; those that are there stay as they are. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sampleEvents } from '../lib/local/sample-events.ts';

process.chdir(join(import.meta.dirname, '..'));
for (const [name, event] of sampleEvents()) {
  const file = join('events', `${name}.json`);
  if (existsSync(file)) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(event, null, 2)}\n`);
  console.log(file);
}
