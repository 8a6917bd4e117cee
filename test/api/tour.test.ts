import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ownTableNames } from '../support/local-api.ts';

const readme = readFileSync('README.md', 'utf8');
const tour = readme.slice(readme.indexOf('<!-- tour -->'), readme.indexOf('<!-- /tour -->'));
/** Commands, each with the answer that the README shows, if any. */
const steps = [...tour.matchAll(/```sh\n(.*?)```(?:\s*```json\n(.*?)```)?/gs)].map(([, command = '', answer]) => ({
  command,
  answer: answer === undefined ? undefined : JSON.parse(answer),
}));

/** Kinds of values at every depth; the values themselves, where a reader is meant to compare them. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
  const differs = typeof value === 'number' || /[0-9a-f]{8}/.test(String(value));
  return differs ? typeof value : value;
}

let stop: () => Promise<void>;
let api = '';
let mailbox = '';
const directory = mkdtempSync(join(tmpdir(), 'tour-'));

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
      [, api = ''] = /API +(http:\S+?)\/crafter-profile/.exec(output) ?? [];
      [, mailbox = ''] = /mailbox +(http:\S+)/.exec(output) ?? [];
      if (api !== '' && mailbox !== '') resolve();
    });
  });
}, 90_000);

afterAll(async () => {
  await stop();
  rmSync(directory, { recursive: true });
});

test('has commands and answers', () => {
  expect(steps.filter(({ answer }) => answer !== undefined).length).toBeGreaterThan(4);
});

test('every command of the tour answers what the README shows', async () => {
  const script = steps.map(({ command }) => `${command}\necho; echo '=== end of step ==='`).join('\n');
  const real = script.replaceAll('http://127.0.0.1:8080', api).replaceAll('http://127.0.0.1:8005', mailbox);
  const { stdout } = await promisify(execFile)('bash', ['-eu', '-c', real], { cwd: directory });
  const answers = stdout.split('=== end of step ===').map((text) => text.trim());
  const got = steps.map(({ answer }, index) => (answer === undefined ? undefined : JSON.parse(answers[index] ?? '')));
  expect(got.map(shapeOf)).toEqual(steps.map(({ answer }) => shapeOf(answer)));
});
