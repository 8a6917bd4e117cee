/** `npm run docs` brings the made parts of the pages under `docs`, and the schema of the stage files, up to date; with `--check` it only says whether they are. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answered, readCommandLine, tellFailure } from '../lib/command-line.ts';
import { SCHEMA_FILE, STAGES } from '../lib/deployment/stage-file.ts';
import { settingsTable } from '../lib/settings-table.ts';
import { stageOptionsTable, stageSchema } from '../lib/stage-schema.ts';
import { differencesTable } from '../test/parity/differences-table.ts';

const call = 'npm run docs --';
const help = `Usage: ${call} [options]

Brings the made parts of the pages under docs, and stages/stage.schema.json, up to date.

  --check      write nothing, say whether they are current
  -h, --help   this
  --version    the version
`;

/** The made parts of pages, between `<!-- name -->` and `<!-- /name -->`. */
const sections = [
  { file: 'docs/settings.md', name: 'settings', make: settingsTable },
  { file: 'docs/settings.md', name: 'stage-options', make: stageOptionsTable },
  { file: 'docs/differences.md', name: 'differences', make: differencesTable },
];

function withSection(page: string, { file, name, make }: (typeof sections)[number]): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(open), page.indexOf(close)];
  if (from === -1 || to < from) throw new Error(`${file} has no section ${open}`);
  return `${page.slice(0, from + open.length)}\n\n${make()}\n\n${page.slice(to)}`;
}

/** Every file that is made, wholly or in part: what it should hold, given what it holds. */
const made: Readonly<Record<string, (now: string) => string>> = {
  'docs/settings.md': (now) => sections.filter(({ file }) => file === 'docs/settings.md').reduce(withSection, now),
  'docs/differences.md': (now) =>
    sections.filter(({ file }) => file === 'docs/differences.md').reduce(withSection, now),
  [`${STAGES}/${SCHEMA_FILE}`]: stageSchema,
};

/** Writes what is not current, or tells of it; false where it only told. */
function bringUpToDate(file: string, make: (now: string) => string, check: boolean): boolean {
  const now = readFileSync(file, 'utf8');
  const fresh = make(now);
  if (fresh === now) return true;
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
  const current = Object.entries(made).map(([file, make]) => bringUpToDate(file, make, values.check));
  process.exitCode = current.every(Boolean) ? 0 : 1;
}

try {
  run();
} catch (failure) {
  process.exitCode = tellFailure(failure);
}
