import { runScript } from '../../support/run-script.ts';

test.each([
  [
    'bin/openapi.ts',
    ['--chek'],
    'There is no option "--chek"; did you mean "--check"? "npm run openapi -- --help" lists all',
  ],
  [
    'bin/docs.ts',
    ['--chek'],
    'There is no option "--chek"; did you mean "--check"? "npm run docs -- --help" lists all',
  ],
  ['bin/events.ts', ['--force'], 'There is no option "--force": "npm run events -- --help" lists all'],
  [
    'bench/run.ts',
    ['bundels'],
    'There is no part "bundels"; did you mean "bundles"? "npm run bench -- --help" lists all',
  ],
])('%s ends with 2 for %j, and says what was meant', (script, args, stderr) => {
  expect(runScript(script, args)).toEqual({ status: 2, stdout: '', stderr });
});

test('npm run events writes over nothing, and says so', () => {
  expect(runScript('bin/events.ts', [])).toEqual({
    status: 0,
    stdout: expect.stringMatching(/^All \d+ sample events are there; one that is deleted is written anew\.\n$/),
    stderr: '',
  });
});
