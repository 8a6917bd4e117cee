/** `npm run docs` brings the made parts of the pages under `docs` up to date; with `--check` it only says whether they are. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answered, readCommandLine, tellFailure } from '../lib/command-line.ts';
import { settingsTable } from '../lib/settings-table.ts';
import { differencesTable } from '../test/parity/differences-table.ts';

const call = 'npm run docs --';
const help = `Usage: ${call} [options]

Brings the made parts of the pages under docs up to date.

  --check      write nothing, say whether they are current
  -h, --help   this
  --version    the version
`;

/** Each by its name, which its page `docs/<name>.md` has, too. */
const sections: Readonly<Record<string, () => string>> = { settings: settingsTable, differences: differencesTable };

function withSection(page: string, name: string, text: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(open), page.indexOf(close)];
  if (from === -1 || to < from) throw new Error(`docs/${name}.md has no section ${open}`);
  return `${page.slice(0, from + open.length)}\n\n${text}\n\n${page.slice(to)}`;
}

/** Writes what is not current, or tells of it; false where it only told. */
function bringUpToDate(name: string, text: string, check: boolean): boolean {
  const file = join('docs', `${name}.md`);
  const page = readFileSync(file, 'utf8');
  const fresh = withSection(page, name, text);
  if (fresh === page) return true;
  if (check) console.error(`${file} is stale: npm run docs`);
  else writeFileSync(file, fresh);
  return !check;
}

function run(): void {
  const options = { check: { type: 'boolean', default: false } } as const;
  const { values } = readCommandLine({ call, options, takesArguments: false });
  if (answered(values, help)) return;
  // Those of this project, wherever the command is called.
  process.chdir(join(import.meta.dirname, '..'));
  const current = Object.entries(sections).map(([name, make]) => bringUpToDate(name, make(), values.check));
  process.exitCode = current.every(Boolean) ? 0 : 1;
}

try {
  run();
} catch (failure) {
  process.exitCode = tellFailure(failure);
}
