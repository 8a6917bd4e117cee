/** `npm run docs` brings the made parts of the pages under `docs` up to date; with `--check` it only says whether they are. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settingsTable } from '../lib/settings-table.ts';
import { differencesTable } from '../test/parity/differences-table.ts';

/** Each by its name, which its page `docs/<name>.md` has, too. */
const sections: Readonly<Record<string, () => string>> = { settings: settingsTable, differences: differencesTable };

function withSection(page: string, name: string, text: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(open), page.indexOf(close)];
  if (from === -1 || to < from) throw new Error(`docs/${name}.md has no section ${open}`);
  return `${page.slice(0, from + open.length)}\n\n${text}\n\n${page.slice(to)}`;
}

// Those of this project, wherever the command is called.
process.chdir(join(import.meta.dirname, '..'));
for (const [name, make] of Object.entries(sections)) {
  const file = join('docs', `${name}.md`);
  const page = readFileSync(file, 'utf8');
  const fresh = withSection(page, name, make());
  if (!process.argv.includes('--check')) {
    writeFileSync(file, fresh);
  } else if (fresh !== page) {
    console.error(`${file} is stale: npm run docs`);
    process.exitCode = 1;
  }
}
