import { readWhere } from '../../../lib/smoke/smoke-options.ts';
import { UsageError } from '../../../lib/usage-error.ts';
import { runScript, withArguments } from '../../support/run-script.ts';

test.each([
  [[], { stage: 'dev', local: false }],
  [['--stage', 'production'], { stage: 'production', local: false }],
  [['--local'], { stage: 'dev', local: true }],
  [['--directory', 'x'], { stage: 'dev', local: false, directory: 'x' }],
  [['--url', 'https://a.example/profiles//'], { stage: 'dev', local: false, url: 'https://a.example/profiles' }],
])('%j names an installation', async (args, where) => {
  expect(await withArguments(args, readWhere)).toEqual(where);
});

test.each([
  [['--local', '--stage', 'dev'], '--stage and --local name two installations: give one of them'],
  [['--stage', 'dev', '--directory', 'x'], '--stage and --directory name two installations: give one of them'],
  [['--stage='], '--stage is empty: give it a value'],
  [
    ['--url', 'profiles.example.com'],
    '--url "profiles.example.com" is no address of an API: give one such as https://profiles.example.com/crafter-profile',
  ],
  [['--url', 'https://a.example/?x=1'], '--url "https://a.example/?x=1" is no address of an API: '],
  [['--stge', 'x'], 'There is no option "--stge"; did you mean "--stage"? "npm run smoke -- --help" lists all'],
  [['dev'], '"dev" belongs to no option: "npm run smoke -- --help" lists all'],
])('%j is refused with what to give instead', async (args, message) => {
  const refused = withArguments(args, readWhere);
  await expect(refused).rejects.toThrow(UsageError);
  await expect(refused).rejects.toThrow(message);
});

test('called wrongly it ends with 2, and where nothing runs with 1', () => {
  expect(runScript('bin/smoke.ts', ['--stge', 'x']).status).toBe(2);
  const { status, stderr } = runScript('bin/smoke.ts', ['--directory', '/nowhere']);
  expect([status, stderr]).toEqual([1, expect.stringContaining('No local stack is running on /nowhere')]);
});

test('its help says with what it ends', () => {
  const { status, stdout } = runScript('bin/smoke.ts', ['--help']);
  expect([status, stdout]).toEqual([0, expect.stringContaining('It ends with 0 where all is as it should be')]);
});
