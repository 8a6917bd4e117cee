import { bundleOf, type Frame, piecesOf, replaceFrames } from '../../../lib/admin/trace-log.ts';

function framesIn(text: string): readonly Frame[] {
  const frames: Frame[] = [];
  replaceFrames(text, (frame) => {
    frames.push(frame);
    return undefined;
  });
  return frames;
}
const ofLambda = { isAsync: false, directory: '/var/task', line: 12, column: 345 };

test.each([
  ['at a (file:///var/task/index.mjs:12:345)', ofLambda],
  ['    at file:///var/task/index.mjs:12:345', ofLambda],
  ['at async a.b (/var/task/index.mjs:12:345)', { ...ofLambda, isAsync: true }],
  ['at async file:///var/task/index.mjs:12:345', { ...ofLambda, isAsync: true }],
  ['at new A (file:///var/task/index.mjs:12:345)', ofLambda],
  ['at Object.a [as b] (file:///var/task/index.mjs:12:345)', ofLambda],
  ['at async Promise.all (index 0)', undefined],
  ['at process.processTicksAndRejections (node:internal/process/task_queues:104:5)', undefined],
  ['at a (file:///var/task/other.mjs:12:345)', undefined],
  ['look at index.mjs', undefined],
])('the frame in %j is found', (text, frame) => {
  expect(framesIn(text)).toEqual(frame === undefined ? [] : [frame]);
});

test('frames within JSON, within JSON in JSON, and within CSV are found and put back in their place', () => {
  const frame = 'at a (file:///var/task/index.mjs:12:345)';
  const inside = JSON.stringify({ stack: [frame], text: `Error\n    ${frame}\n    ${frame}` });
  const texts = [inside, JSON.stringify({ message: inside }), `time,"${inside.replaceAll('"', '""')}"`];
  for (const text of texts) {
    expect(framesIn(text)).toEqual(Array(3).fill(ofLambda));
    expect(replaceFrames(text, () => 'at x.ts:1:2')).toBe(text.replaceAll(frame, 'at x.ts:1:2'));
  }
});

test('text without an end is searched in no time', () => {
  for (const text of ['at '.repeat(500_000), `at ${'a'.repeat(2_000_000)}`, `at ${'/a'.repeat(1_000_000)}`])
    expect(framesIn(text)).toEqual([]);
});

test.each([
  ['/app/.local/functions/profile/get-profile', { name: 'profile/get-profile', outdir: '/app/.local/functions' }],
  ['/my%20app/.build/fallback', { name: 'fallback', outdir: '/my app/.build' }],
  ['/100%/.build/fallback', { name: 'fallback', outdir: '/100%/.build' }],
  ['/var/task', undefined],
  ['/var/get-profile', undefined],
])('%s is the directory of a bundle or of none', (directory, bundle) => {
  expect(bundleOf(directory)).toEqual(bundle);
});

const line = (operation: string, bundle: string) => JSON.stringify({ bundle, operation, error: { stack: [] } });
const profile = { name: 'profile/get-profile', id: '0123456789ab' };
const sweep = { name: 'sweep-tenants', id: 'ba9876543210' };
const ours = line('getProfile', profile.id);
const origins = (log: string) => piecesOf(log).map(({ origin }) => origin);

test.each([
  ['a line as it is logged', ours],
  ['a line after a time', `2024-07-26T12:00:00.000Z\t${ours}`],
  ['a line after a time and a stream', `2024-07-26T12:00:00 2024/07/26/[$LATEST]0a1b ${ours}`],
  ['a line within JSON', JSON.stringify({ message: ours })],
  ['a line in CSV', `2024-07-26,"${ours.replaceAll('"', '""')}"`],
  ['a table of fields', `bundle  ${profile.id} operation  getProfile`],
])('%s says of which bundle it is', (_, text) => {
  expect(origins(text)).toEqual([profile]);
});

test('JSON of several lines is of what any of them says', () => {
  const text = JSON.stringify({ error: { stack: ['at x'] }, operation: 'getProfile', bundle: profile.id }, null, 2);
  expect(new Set(origins(text).map((origin) => JSON.stringify(origin)))).toEqual(new Set([JSON.stringify(profile)]));
});

test('each line of several functions is of its own, and what follows it too', () => {
  const log = [ours, 'at a', line('sweep-tenants', sweep.id), 'at b', ours].join('\n');
  expect(origins(log)).toEqual([profile, profile, sweep, sweep, profile]);
});

test("of a line of Lambda's own the function is known, the build is not", () => {
  expect(origins(`${ours}\n{"level":"ERROR","message":{"stackTrace":[]}}`)[1]).toEqual({ name: profile.name });
});

const streamOf = (id: string) => `2026/07/26/ServerlessProfile-dev-Api-${id}-a1B2c3D4e5F6[$LATEST]${'0a1b'.repeat(8)}`;
const silent = '{"level":"ERROR","message":{"stackTrace":[]}}';

test("of a line of Lambda's own the stream tells the function, in a log that functions share", () => {
  const log = [ours, `${streamOf('SweepTenantsFunction')}\t${silent}`, `${streamOf('FallbackFunction')} ${silent}`];
  expect(origins(log.join('\n'))).toEqual([profile, { name: 'sweep-tenants' }, { name: 'fallback' }]);
});

test('where functions share the log and no stream is told, a line that says nothing is of none', () => {
  expect(origins([ours, line('sweep-tenants', sweep.id), silent].join('\n'))).toEqual([profile, sweep, {}]);
});

test('an operation that is none says nothing', () => {
  expect(origins('"operation":"dropTables"\nthe operation failed')).toEqual([{}, {}]);
});

test('an object is shown in lines, anything else as it is', () => {
  expect(piecesOf('time {"a":{"b":1}}\n{"a\n\nplain {}x').map(({ text }) => text)).toEqual([
    'time {\n  "a": {\n    "b": 1\n  }\n}',
    '{"a',
    '',
    'plain {}x',
  ]);
});
