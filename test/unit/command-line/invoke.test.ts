import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireFunction } from '../../../lib/function-names.ts';
import { readGivenEvent, sampleFile } from '../../../lib/local/given-event.ts';
import { sampleEvents } from '../../../lib/local/sample-events.ts';
import { UsageError } from '../../../lib/usage-error.ts';
import { runScript } from '../../support/run-script.ts';

const directory = mkdtempSync(join(tmpdir(), 'invoke-'));
afterAll(() => rmSync(directory, { recursive: true }));

function file(name: string, text: string): string {
  writeFileSync(join(directory, name), text);
  return join(directory, name);
}

test.each(['profile/reset-password', 'resetPassword', 'functions/profile/reset-password.ts'])(
  'a function is known as %s',
  (name) => {
    expect(requireFunction(name)).toBe('profile/reset-password');
  },
);

const named = 'they are named as in functions/ (profile/reset-password) or in openapi.json (resetPassword)';
test.each([
  ['resetPasword', `There is no function "resetPasword"; did you mean "resetPassword"? ${named}`],
  [
    'profile/resetPassword',
    `There is no function "profile/resetPassword"; did you mean "profile/reset-password"? ${named}`,
  ],
  ['valueOf', `There is no function "valueOf": ${named}`],
  ['', `There is no function "": ${named}`],
])('of function "%s" the nearest is told', (name, message) => {
  expect(() => requireFunction(name)).toThrow(new UsageError(message));
});

const sample = 'events/profile/reset-password.json is a sample';
const format = 'is no event of API Gateway, payload format 2.0';
test.each([
  ['{}', `FILE ${format} (it has no usable version, rawPath, rawQueryString, headers, requestContext): ${sample}`],
  ['null', `FILE ${format} (it is no object): ${sample}`],
  ['[{}]', `FILE ${format} (it is no object): ${sample}`],
  ['{"version": "1.0", "httpMethod": "GET"}', `FILE ${format} (it is of payload format 1.0): ${sample}`],
  ['', `FILE is no event in JSON (Unexpected end of JSON input): ${sample}`],
  ['x\n', `FILE is no event in JSON (Unexpected token 'x', "x " is not valid JSON): ${sample}`],
])('an event %j is refused with what is missing', (text, message) => {
  const path = file('event.json', text);
  expect(() => readGivenEvent(path, 'profile/reset-password')).toThrow(new UsageError(message.replace('FILE', path)));
});

test('an event may lack its method or its path alone', () => {
  const event = { ...sampleEvents().get('profile/reset-password'), rawPath: 7, requestContext: { http: {} } };
  expect(() => readGivenEvent(file('odd.json', JSON.stringify(event)), 'profile/reset-password')).toThrow(
    '(it has no usable rawPath, requestContext.http.method)',
  );
});

test.each([
  ['nowhere.json', 'There is no event nowhere.json: events/fallback.json is a sample'],
  ['events', 'events is no event in JSON (it is a folder): events/fallback.json is a sample'],
])('of a file %s that is none the sample is named', (path, message) => {
  expect(() => readGivenEvent(path, 'fallback')).toThrow(new UsageError(message));
});

test('the worker of tenant changes takes any object, and nothing else', () => {
  expect(readGivenEvent(file('empty.json', '{}'), 'sweep-tenants')).toEqual({});
  expect(() => readGivenEvent(file('list.json', '[]'), 'sweep-tenants')).toThrow(
    / is no event \(it is no object\): events\/sweep-tenants\.json is a sample$/,
  );
});

test('every sample is an event, with a byte order mark, too', () => {
  for (const [name, event] of sampleEvents()) {
    expect(readGivenEvent(sampleFile(name), name)).toEqual(event);
    expect(readGivenEvent(file('marked.json', `\uFEFF${JSON.stringify(event)}`), name)).toEqual(event);
  }
});

test.each([
  [['resetPasword'], /^There is no function "resetPasword"; did you mean "resetPassword"\? [^\n]*$/],
  [['a', 'b', 'c'], /^"c" is too much: npm run invoke -- <function> \[event file\]$/],
])('as a process, called with %j, it ends with 2 and starts nothing', (args, message) => {
  expect(runScript('bin/invoke.ts', args)).toEqual({ status: 2, stdout: '', stderr: expect.stringMatching(message) });
});
