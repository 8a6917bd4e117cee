import { mkdirSync, writeFileSync } from 'node:fs';
import { contextOptions } from '../../../lib/deployment/context-options.ts';
import { UsageError } from '../../../lib/usage-error.ts';
import { inScratchDirectory } from '../../support/scratch-directory.ts';

inScratchDirectory();
beforeEach(() => {
  mkdirSync('stages');
  writeFileSync('stages/production.json', '{"lockMinutes": 5, "alarmEmail": "ops@example.org"}');
});

const from = (context: Readonly<Record<string, unknown>>) => contextOptions((key) => context[key]);

test('a synthesis has the settings of its stage, and no other', () => {
  expect(from({ stage: 'production' }).options).toMatchObject({
    stage: 'production',
    alarmEmail: 'ops@example.org',
    settings: { lockMinutes: '5' },
  });
  expect(from({}).options).toMatchObject({ stage: 'dev', settings: {} });
});

test('a value of the context is refused, as every later deployment would forget it', () => {
  expect(() => from({ stage: 'production', lockMinutes: 7, tracing: 'true' })).toThrow(
    new UsageError(
      'CDK context: the settings of a stage stand in its file: write tracing, lockMinutes into stages/production.json, as "npm run deploy -- --stage production -c tracing=…" does; -c once=true takes them from the context, for this once',
    ),
  );
});

test('for once it counts before the file', () => {
  expect(from({ stage: 'production', lockMinutes: 7, once: 'true' }).options).toMatchObject({
    alarmEmail: 'ops@example.org',
    settings: { lockMinutes: '7' },
  });
});

test('a fault is told with the file that it stands in', () => {
  writeFileSync('stages/production.json', '{"lockMinutes": "ten", "tracing": "yes"}');
  expect(() => from({ stage: 'production' })).toThrow(
    new UsageError(
      'stages/production.json: tracing=yes must be true or false; lockMinutes=ten must be a whole number from 0 to 9999999999',
    ),
  );
});

test.each(['../dev', 'Prod', '', 'example'])('stage %j is refused before any file is looked for', (stage) => {
  expect(() => from({ stage })).toThrow(UsageError);
});

test('stacks that were not deployed whole are named by their parts', () => {
  expect(from({ unprotected: 'Data,Api' }).unprotected).toEqual(['Data', 'Api']);
});
