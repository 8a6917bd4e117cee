import { allOf, type Check, failed, ok, warning } from '../../../../lib/admin/doctor/check.ts';
import { examine, lineOf, statusOf } from '../../../../lib/admin/doctor/doctor.ts';
import { patientWith } from '../../../support/patient.ts';

const finds = (name: string, look: Check['look'], only?: Check['only']): Check => ({
  name,
  look,
  ...(only === undefined ? {} : { only }),
});
const well = finds('well', async () => ok('fine'));
const unwell = finds('unwell', async () => warning('not so fine', 'rest'));
const ill = finds('ill', async () => failed('bad', 'see somebody'));

const examined = (checks: readonly Check[], isLocal = false) => examine(checks, patientWith({}, { isLocal }));

test('a line a check, in their order, with what to do', async () => {
  expect((await examined([well, unwell, ill])).map(lineOf)).toEqual([
    'ok       well             fine',
    'warning  unwell           not so fine. Rest.',
    'failed   ill              bad. See somebody.',
  ]);
});

test.each([
  [[], 0],
  [[well], 0],
  [[well, unwell], 3],
  [[ill, unwell, well], 1],
])('the worst decides the exit status', async (checks, status) => {
  expect(statusOf(await examined(checks))).toBe(status);
});

test('a check that could not look has failed, whatever kept it', async () => {
  const denied = Object.assign(new Error('User is not authorized'), { name: 'AccessDeniedException' });
  const blind = [
    finds('denied', () => Promise.reject(denied)),
    finds('thrown', () => {
      throw new TypeError('x is undefined');
    }),
    finds('refused', () => Promise.reject('nothing')),
  ];
  const results = await examined(blind);
  expect(results.map(({ finding }) => finding.verdict)).toEqual(['failed', 'failed', 'failed']);
  for (const { finding } of results) expect(finding.found).toMatch(/^could not look: ./);
  expect(statusOf(results)).toBe(1);
});

test('one that never answers has failed after its time', async () => {
  jest.useFakeTimers();
  const results = examined([finds('silent', () => new Promise(() => {})), well]);
  await jest.advanceTimersByTimeAsync(20_000);
  jest.useRealTimers();
  expect((await results).map(lineOf)).toEqual([
    'failed   silent           could not look: no answer within 20 s. Put that right and call it again.',
    'ok       well             fine',
  ]);
});

test('checks of a deployment are not made locally, nor the other way round', async () => {
  const checks = [finds('there', async () => ok(''), 'deployed'), finds('here', async () => ok(''), 'local'), well];
  expect((await examined(checks)).map(({ name }) => name)).toEqual(['there', 'well']);
  expect((await examined(checks, true)).map(({ name }) => name)).toEqual(['here', 'well']);
});

test('of several findings the worst is the verdict, and each ill one is told', () => {
  const findings = [ok('a'), warning('b', 'do x'), failed('c', 'do y'), warning('d', 'do x')];
  expect(allOf(findings, 'all')).toEqual({ verdict: 'failed', found: 'b; c; d', advice: 'do x; do y' });
  expect(allOf([ok('a')], 'all')).toEqual(ok('all'));
});

test('what has been stored cannot move the cursor', () => {
  const line = lineOf({ name: 'x', finding: ok('a\u001b[2J\nb') });
  expect(line).toBe('ok       x                a?[2J b');
});
