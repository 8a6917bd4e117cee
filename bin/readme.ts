/** `npm run readme` brings the made parts of README up to date; with `--check` it only says whether they are. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsTable } from '../lib/settings-table.ts';
import { differencesTable } from '../test/parity/differences-table.ts';

const FILE = 'README.md';
const sections: Readonly<Record<string, () => string>> = { settings: settingsTable, differences: differencesTable };

function withSection(readme: string, name: string, text: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [readme.indexOf(open), readme.indexOf(close)];
  if (from === -1 || to < from) throw new Error(`${FILE} has no section ${open}`);
  return `${readme.slice(0, from + open.length)}\n\n${text}\n\n${readme.slice(to)}`;
}

// The one of this project, wherever the command is called.
process.chdir(join(import.meta.dirname, '..'));
const readme = readFileSync(FILE, 'utf8');
const fresh = Object.entries(sections).reduce((text, [name, make]) => withSection(text, name, make()), readme);
if (!process.argv.includes('--check')) {
  writeFileSync(FILE, fresh);
} else if (fresh !== readme) {
  console.error(`${FILE} is stale: npm run readme`);
  process.exitCode = 1;
}
