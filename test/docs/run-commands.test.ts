import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { sample } from '../../lib/openapi/sample.ts';
import { ownTableNames } from '../support/local-api.ts';
import { type Page, pages } from './pages.ts';

/** Commands in a row, with the answer that the page shows to the last of them, if any. */
interface Step {
  readonly commands: string;
  readonly answer?: unknown;
}

/** A reader pastes what `npm start` prints; here the test says where the stack is. */
const pasted = /^(?:API|TOKEN|MAILBOX)=.*\n/gm;

/** What a page takes for granted. */
const beforehand: Readonly<Record<string, string>> = {
  'docs/moving-in.md': `
    MASTER=$TOKEN
    EXPIRED=expired-long-ago
    curl -s -H "Authorization: Bearer $TOKEN" "$API/access_token/create" -H 'content-type: application/json' \
      -d '{"id":"expired-long-ago","application":"engine","expiresOn":1704067200000}'
  `,
};

/** A program in a file of its own, which finds the packages of this project. */
const asCommands = (program: string) =>
  `cat > program.ts <<'END OF PROGRAM'\n${program}\nEND OF PROGRAM\n"$NODE" program.ts`;

function stepsOf({ blocks }: Page): readonly Step[] {
  const run = blocks.filter(({ isRun }) => isRun);
  return run.flatMap(({ language, text }, index) => {
    if (language === 'json') return [];
    const commands = language === 'ts' ? asCommands(text) : text.replace(pasted, '');
    const next = run[index + 1];
    return [{ commands, ...(next?.language === 'json' && { answer: JSON.parse(next.text) }) }];
  });
}

const ids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b(?:[0-9a-f]{8}){3,4}\b/g;
const EARLIEST_MS = 1e12;

/** Values as a reader compares them: ids and times of a run are not those of another one. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, comparable(inner)]));
  if (typeof value === 'number' && value > EARLIEST_MS) return 'a time';
  return typeof value === 'string' ? value.replace(ids, 'an id') : value;
}

let stop: () => Promise<void>;
let api = '';
let mailbox = '';
const directory = mkdtempSync(join(tmpdir(), 'docs-'));
symlinkSync(resolve('node_modules'), join(directory, 'node_modules'), 'junction');

beforeAll(async () => {
  const child = spawn(process.execPath, ['bin/local.ts', '--memory', '--port', '0'], {
    env: { ...process.env, ...ownTableNames() },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  stop = () => {
    child.kill('SIGINT');
    return ended;
  };
  let output = '';
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`The local stack did not start: ${output}`)));
    child.stdout.on('data', (chunk) => {
      output += chunk;
      [, api = ''] = /\bAPI[ =]+(http:\S+)\s/.exec(output) ?? [];
      [, mailbox = ''] = /\bmailbox[ =]+(http:\S+)\s/i.exec(output) ?? [];
      if (api !== '' && mailbox !== '') resolve();
    });
  });
}, 90_000);

afterAll(async () => {
  await stop();
  rmSync(directory, { recursive: true });
});

const END_OF_STEP = '=== end of step ===';

async function answersOf(file: string, steps: readonly Step[]): Promise<readonly string[]> {
  const script = steps.map(({ commands }) => `${commands}\necho; echo '${END_OF_STEP}'`).join('\n');
  const stack = { API: api, TOKEN: sample.accessToken, MAILBOX: mailbox };
  const env = { ...process.env, ...stack, NODE: process.execPath, TMPDIR: directory };
  const all = `{ :\n${beforehand[file] ?? ''}\n} > ${join(directory, 'beforehand')}\n${script}`;
  const { stdout } = await promisify(execFile)('sh', ['-eu', '-c', all], { cwd: directory, env });
  return stdout.split(END_OF_STEP).map((text) => text.trim());
}

/** Windows has the shell and the tools that the pages speak of in Git Bash only. */
const canRun = process.platform !== 'win32' || spawnSync('sh', ['-c', 'curl --version']).status === 0;
const run = pages.map((page) => ({ file: page.file, steps: stepsOf(page) })).filter(({ steps }) => steps.length > 0);

test('README and the recipes are among the pages that are run', () => {
  expect(run.map(({ file }) => file)).toEqual(expect.arrayContaining(['README.md', 'docs/recipes.md']));
});

(canRun ? test : test.skip).each(run)('every command of $file answers what the page shows', async ({ file, steps }) => {
  const answers = await answersOf(file, steps);
  const got = steps.map(({ answer }, index) => (answer === undefined ? undefined : JSON.parse(answers[index] ?? '')));
  expect(got.map(comparable)).toEqual(steps.map(({ answer }) => comparable(answer)));
});
