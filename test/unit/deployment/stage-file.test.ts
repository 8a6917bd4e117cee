import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readStageFile, writeStageValues } from '../../../lib/deployment/stage-file.ts';
import { UsageError } from '../../../lib/usage-error.ts';
import { inScratchDirectory } from '../../support/scratch-directory.ts';

inScratchDirectory();
beforeEach(() => mkdirSync('stages'));

const write = (text: string) => writeFileSync('stages/dev.json', text);
const written = () => JSON.parse(readFileSync('stages/dev.json', 'utf8'));

test('a stage without a file has no settings of its own', () => {
  expect(readStageFile('dev')).toEqual({});
});

test('the schema is no setting', () => {
  write('{"$schema": "./stage.schema.json", "lockMinutes": 5, "tracing": true}');
  expect(readStageFile('dev')).toEqual({ lockMinutes: 5, tracing: true });
});

test.each([
  ['', /^stages\/dev\.json is no JSON file of settings: Unexpected end/],
  ['{"lockMinutes": 5', /^stages\/dev\.json is no JSON file of settings: /],
  ['[]', /^stages\/dev\.json is no JSON file of settings: it holds no object$/],
  ['"text"', /it holds no object$/],
  ['null', /it holds no object$/],
  ['{"lockMinuets": 5}', /^stages\/dev\.json: there is no setting "lockMinuets"; did you mean "lockMinutes"\?$/],
  ['{"stage": "dev"}', /^stages\/dev\.json: there is no setting "stage"/],
])('%s is refused', (text, message) => {
  write(text);
  expect(() => readStageFile('dev')).toThrow(UsageError);
  expect(() => readStageFile('dev')).toThrow(message);
});

test('a file that cannot be read is told as it is', () => {
  mkdirSync('stages/dev.json');
  expect(() => readStageFile('dev')).toThrow('EISDIR');
});

test('values are put into the file, which keeps what it has, and nothing else is left', () => {
  write('{"lockMinutes": 5, "mailSender": "a@b.org"}');
  writeStageValues('dev', { mailSender: 'c@d.org', tracing: 'true' });
  expect(written()).toEqual({
    $schema: './stage.schema.json',
    lockMinutes: 5,
    mailSender: 'c@d.org',
    tracing: 'true',
  });
  expect(readdirSync('stages')).toEqual(['dev.json']);
});

test('the first value makes the file', () => {
  writeStageValues('dev', { mailSender: 'c@d.org' });
  expect(written()).toEqual({ $schema: './stage.schema.json', mailSender: 'c@d.org' });
});

test('a file that is no JSON is not written over', () => {
  write('{"lockMinutes": 5');
  expect(() => writeStageValues('dev', { mailSender: 'c@d.org' })).toThrow(UsageError);
  expect(readFileSync('stages/dev.json', 'utf8')).toBe('{"lockMinutes": 5');
});
