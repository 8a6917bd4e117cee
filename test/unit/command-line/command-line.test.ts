import { join } from 'node:path';
import { answered, readCommandLine, tellFailure, typedPath, versionLine } from '../../../lib/command-line.ts';
import { UsageError } from '../../../lib/usage-error.ts';
import { withArguments } from '../../support/run-script.ts';

const options = {
  email: { type: 'string' },
  stage: { type: 'string' },
  local: { type: 'boolean' },
  'no-cleansing': { type: 'boolean' },
} as const;
const call = 'npm run it --';
const all = `"${call} --help" lists all`;
const read = (args: readonly string[], takesArguments = false) =>
  withArguments(args, () => readCommandLine({ call, options, takesArguments }));

const { versions } = process;
const given: NodeJS.Process['env'] = {};
function npmHas(name: string, value: string): void {
  given[name] = process.env[name];
  process.env[name] = value;
}
afterEach(() => {
  for (const [name, value] of Object.entries(given)) {
    delete given[name];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  Object.defineProperty(process, 'versions', { value: versions });
  jest.restoreAllMocks();
});

test.each([
  [['--stagee', 'x'], `There is no option "--stagee"; did you mean "--stage"? ${all}`],
  [['-x'], `There is no option "-x": ${all}`],
  [['word'], `"word" belongs to no option: ${all}`],
  [['--stage'], `Option '--stage <value>' argument missing: ${all}`],
  [['--local=yes'], `Option '--local' does not take an argument: ${all}`],
])('%j is refused', async (args, message) => {
  await expect(read(args)).rejects.toThrow(new UsageError(message));
});

test('where there are arguments, one that looks like an option may have been meant', async () => {
  await expect(read(['-5f1d'], true)).rejects.toThrow(
    `There is no option "-5": ${all}; an argument that begins with "-" goes last, after another "--", as in "${call} … -- -5f1d"`,
  );
  await expect(read(['--stagee'], true)).rejects.toThrow(
    new UsageError(`There is no option "--stagee"; did you mean "--stage"? ${all}`),
  );
  expect((await read(['--', '-5f1d'], true)).positionals).toEqual(['-5f1d']);
});

describe('options that npm has kept to itself', () => {
  test.each([
    [
      'npm_config_stage',
      'true',
      ['production'],
      `--stage for its own: put options after "--" (in PowerShell "'--'", with its quotes), as in "${call} --stage production"`,
    ],
    [
      'npm_config_stage',
      'production',
      [],
      `--stage for its own: put options after "--" (in PowerShell "'--'", with its quotes), as in "${call} --stage production"`,
    ],
    [
      'npm_config_cleansing',
      '',
      [],
      `--no-cleansing for its own: put options after "--" (in PowerShell "'--'", with its quotes), as in "${call} --no-cleansing"`,
    ],
    [
      'npm_config_email',
      'true',
      ['a@example.com'],
      `--email for its own: put options after "--" (in PowerShell "'--'", with its quotes), as in "${call} --email a@example.com"`,
    ],
  ])('%s=%s', async (name, value, args, message) => {
    npmHas(name, value);
    await expect(read(args)).rejects.toThrow(new UsageError(`npm took ${message}`));
  });

  test('beside arguments it is not guessed which of them are values', async () => {
    npmHas('npm_config_stage', 'true');
    await expect(read(['sweep', 'production'], true)).rejects.toThrow(`as in "${call} …"`);
  });

  test('an address in .npmrc is none of them', async () => {
    npmHas('npm_config_email', 'me@example.com');
    expect((await read([])).values).toEqual({ help: false, version: false });
  });
});

test.each(['8.9.4', '22.18.0', '23.99.0'])('Node %s is told apart, where npm was left out', async (node) => {
  Object.defineProperty(process, 'versions', { value: { ...versions, node } });
  await expect(read([])).rejects.toThrow(
    new UsageError(
      `This needs Node 24 or newer and runs on ${node}: call it as "${call}", which takes the one that npm has brought along`,
    ),
  );
});

test('help goes before the version, and either is the whole answer', async () => {
  jest.spyOn(console, 'log').mockReturnValue();
  expect(answered((await read(['-h', '--version'])).values, 'the help')).toBe(true);
  expect(answered((await read(['--version'])).values, 'the help')).toBe(true);
  expect(answered((await read([])).values, 'the help')).toBe(false);
  expect(jest.mocked(console.log).mock.calls).toEqual([['the help'], [versionLine]]);
});

test('a failure is told in its own words, and with 2 where the command was called wrongly', () => {
  jest.spyOn(console, 'error').mockReturnValue();
  expect(tellFailure(new UsageError('so not'))).toBe(2);
  expect(tellFailure(new Error('failed'))).toBe(1);
  expect(jest.mocked(console.error).mock.calls).toEqual([['so not'], ['failed']]);
});

test('a path counts from where it was typed, wherever the process goes', () => {
  const typedIn = process.env.INIT_CWD ?? process.cwd();
  expect([typedPath('a.json'), typedPath('/a.json')]).toEqual([join(typedIn, 'a.json'), '/a.json']);
});
