import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commands } from '../../../lib/admin/commands.ts';
import { runAdmin } from '../../../lib/admin/run-command.ts';
import { versionLine } from '../../../lib/command-line.ts';
import { UsageError } from '../../../lib/usage-error.ts';
import { withCloudFormation } from '../../support/cloud-formation.ts';
import { runScript, withArguments } from '../../support/run-script.ts';

const cloudFormation = withCloudFormation();
const root = process.cwd();
const directory = mkdtempSync(join(tmpdir(), 'admin-'));
const file = (name: string) => join(directory, name);

beforeAll(() => {
  writeFileSync(file('odd.json'), '{"profile": [{"_id": "x"}]}');
  writeFileSync(file('text.json'), 'profiles');
  writeFileSync(file('empty.log'), '');
  writeFileSync(file('packed.log'), Buffer.from([0x1f, 0x8b, 8]));
  writeFileSync(file('bytes.log'), Buffer.from('a\0b'));
  process.chdir(directory);
});
beforeEach(() => jest.spyOn(console, 'log').mockReturnValue());
afterEach(() => jest.restoreAllMocks());
afterAll(() => {
  process.chdir(root);
  rmSync(directory, { recursive: true });
});

const run = (...args: readonly string[]) => withArguments(args, runAdmin);
const actions = '*, CREATE_TENANT, READ_TENANT, UPDATE_TENANT, DELETE_TENANT, MANAGE_PROFILES, MANAGE_TICKETS';
const all = '"npm run admin -- --help" lists all';

describe('what is typed wrongly is refused with what was likely meant', () => {
  test.each([
    ['swep', `There is no command "swep"; did you mean "sweep"? ${all}`],
    ['toke', `There is no command "toke"; did you mean "token"? ${all}`],
    [
      'token crate',
      'There is no command "token crate"; did you mean "token create"? "npm run admin -- token" lists those that there are',
    ],
    ['token x', 'There is no command "token x": "npm run admin -- token" lists those that there are'],
    [
      'end-token x',
      'end-token is called "token revoke" now: "npm run admin -- token revoke --help" says how to call it',
    ],
    ['sweep --stage a --stage b', '--stage is given several times: sweep takes it once'],
    [
      'token create',
      'token create needs --application, the application of the access token: npm run admin -- token create --application NAME',
    ],
    [
      'token create --application a',
      'It could do nothing: give it --tenant and --allow, or --master to manage access tokens',
    ],
    ['token create --application a --tenant t', `--tenant needs --allow: what may it do there? There are ${actions}`],
    [
      'token create --application a --allow READ_TENANT',
      "--allow needs --tenant: where may it do so? '*' is every tenant",
    ],
    [
      'token create --application a --tenant t --allow READ_TENANTS',
      `--allow "READ_TENANTS" is no action; did you mean "READ_TENANT"? there are ${actions}`,
    ],
    [
      'token create --application a --master --expires 3w',
      '--expires "3w" is no duration: give days, hours or minutes (90d, 24h, 15m)',
    ],
    ['token create --application a --master --expires 0d', '--expires "0d" would end it before it is made'],
    ['token rotate abcd --grace soon', '--grace "soon" is no duration: give days, hours or minutes (90d, 24h, 15m)'],
    [
      'token revoke',
      'Which access token? Give the begin of its id as "token list" shows it, --application, or - and its id by standard input',
    ],
    ['person export', 'Who? Give --tenant and --username, or --profile'],
    ['person erase --username mara', 'Who? Give --tenant and --username, or --profile'],
    ['person erase --profile x', '--profile "x" is no id of a profile: it has 24 digits, 0 to 9 and a to f'],
    [
      'person export --tenant t --profile 5b00000000000000000000aa',
      '--profile names one person, and --tenant and --username another: give one of them',
    ],
    [
      'person resend --tenant t --username mara',
      'person resend needs --url, the page of the application that the link in the mail leads to: npm run admin -- person resend --url URL',
    ],
    ['person delete', 'There is no command "person delete": "npm run admin -- person" lists those that there are'],
    ['token list abcd', '"abcd" is too much for token list: npm run admin -- token list'],
    ['constructor', `There is no command "constructor": ${all}`],
    ['--local', `Which command? ${all}`],
    ['bootstrap --emial x', `There is no option "--emial"; did you mean "--email"? ${all}`],
    [
      'token revoke -e5',
      `There is no option "-e": ${all}; an argument that begins with "-" goes last, after another "--", as in "npm run admin -- … -- -e5"`,
    ],
    ['bootstrap --email', `Option '--email <value>' argument missing: ${all}`],
    ['bootstrap --again=yes', `Option '--again' does not take an argument: ${all}`],
    [
      'bootstrap',
      'bootstrap needs --email, the address of the administrator: npm run admin -- bootstrap --email ADDRESS',
    ],
    ['bootstrap --email you', '--email "you" is no e-mail address: give one such as you@example.com'],
    ['bootstrap --email a@example.com --tenant=', '--tenant is empty: give it a value'],
    [`bootstrap --email a@example.com --username ${'u'.repeat(1025)}`, '--username is longer than 1024 bytes'],
    ['sweep --email a@example.com', 'sweep has no option --email: it has --stage, --local, --directory'],
    ['trace --local', 'trace has no option --local: it has --function, --maps'],
    ['sweep --local --stage dev', '--stage and --local name two installations: give one of them'],
    ['sweep --directory d --stage dev', '--stage and --directory name two installations: give one of them'],
    ['sweep --directory=', '--directory is empty: give it a value'],
    ['sweep now', '"now" is too much for sweep: npm run admin -- sweep'],
    ['reindex --shards 0', '--shards "0" is no whole number from 1 to 32'],
    ['reindex --shards 33', '--shards "33" is no whole number from 1 to 32'],
    ['reindex --shards 1.5', '--shards "1.5" is no whole number from 1 to 32'],
    ['reindex --shards=-1', '--shards "-1" is no whole number from 1 to 32'],
    ['reindex default', '"default" is too much for reindex: npm run admin -- reindex'],
    ['audit --profile x', '--profile "x" is no id of a profile: it has 24 digits, 0 to 9 and a to f'],
    ['audit --username mara', '--username needs --tenant: the trail knows a user by both'],
    [
      'audit --tenant t --username mara --profile 5b00000000000000000000aa',
      '--username and --profile name two people: give one of them',
    ],
    [
      'audit --since tomorrow',
      '--since "tomorrow" is no time that has been: give a duration (30d, 12h, 90m) or a time (2026-01-31, 2026-01-31T12:00:00Z)',
    ],
    [
      'audit --since 2999-01-01',
      '--since "2999-01-01" is no time that has been: give a duration (30d, 12h, 90m) or a time (2026-01-31, 2026-01-31T12:00:00Z)',
    ],
    ['audit mara', '"mara" is too much for audit: npm run admin -- audit'],
    ['trace a b', '"b" is too much for trace: npm run admin -- trace [FILE]'],
    ['import', 'import needs PATH…, and there is none: npm run admin -- import PATH…'],
    ['import a --verify --update', '--verify writes nothing: leave --update out'],
    ['import a --verify --dry-run', '--verify compares, and --dry-run checks what would be done: give one of them'],
    ['import a --disable-missing', '--disable-missing goes with --update'],
    ['import a --shards 2', /^import has no option --shards: it has --dry-run, /],
  ])('%s', async (line, message) => {
    const expected = typeof message === 'string' ? new UsageError(message) : message;
    await expect(run(...line.split(' '))).rejects.toThrow(expected);
  });

  test('an empty argument is none', async () => {
    await expect(run('import', '')).rejects.toThrow('import needs PATH…');
    await expect(run('import', 'a', '')).rejects.toThrow('import needs PATH…');
  });
});

test.each([
  ['nowhere.json', '"%s" does not exist'],
  [
    'text.json',
    'The name of "%s" is none of a collection. Say with --collection which collection its documents are of',
  ],
])('import says of %s what is wrong with it, before it looks for an installation', async (name, message) => {
  await expect(run('import', file(name))).rejects.toThrow(new UsageError(message.replace('%s', file(name))));
});

describe('an installation that cannot be found', () => {
  test('locally', async () => {
    await expect(run('sweep', '--local')).rejects.toThrow(
      `No local stack is running on ${join(process.cwd(), '.local')}: start one with "npm start"`,
    );
  });

  test('as its stage is not deployed', async () => {
    cloudFormation.use({});
    await expect(run('environment', '--stage', 'prodction')).rejects.toThrow(UsageError);
  });
});

test.each([
  ['nowhere.log', 'There is no file %s'],
  ['.', '%s cannot be read (EISDIR)'],
  ['empty.log', '%s is empty'],
  ['packed.log', '%s is packed: gunzip it first'],
  ['bytes.log', '%s is no text'],
])('trace says of %s what is wrong with it, as wrongly typed', async (name, message) => {
  await expect(run('trace', file(name))).rejects.toThrow(new UsageError(message.replace('%s', file(name))));
});

test.each([['--help'], ['-h'], ['help'], []])('%s lists every command and option', async (...args) => {
  await run(...args);
  const [help] = jest.mocked(console.log).mock.calls[0] ?? [];
  for (const { name } of commands) expect(help).toMatch(new RegExp(`^  ${name} `, 'm'));
  expect(help).toMatch(/--email ADDRESS[\s\S]* --tenant NAME[\s\S]* --maps DIR[\s\S]* --stage NAME[\s\S]* --local /);
});

test('the help of one command has its own options alone', async () => {
  await run('trace', '--help');
  const [help] = jest.mocked(console.log).mock.calls[0] ?? [];
  expect(help).toMatch(/^Usage: npm run admin -- trace \[FILE\] \[options\]\n[\s\S]*--function NAME/);
  expect(help).not.toMatch(/--email|--stage/);
});

test('--version says it', async () => {
  await run('--version');
  expect(console.log).toHaveBeenCalledWith(versionLine);
});

test('as a process it ends with 2 where it was called wrongly, with 1 where it failed, and says one line', () => {
  const script = join(root, 'bin/admin.ts');
  expect(runScript(script, ['swep'])).toEqual({
    status: 2,
    stdout: '',
    stderr: `There is no command "swep"; did you mean "sweep"? ${all}`,
  });
  expect(runScript(script, ['trace', file('text.json')])).toEqual({
    status: 1,
    stdout: '',
    stderr: 'There is no frame of a function in the log',
  });
});
