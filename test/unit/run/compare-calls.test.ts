import { needlessCalls } from '../../run/compare-calls.ts';

const declared = { getTenant: ['Get accessToken', 'Get tenant'], countTenants: ['Query tenant'] };

test('what no file of the run called is needless, operations that no test ran included', () => {
  const recordings = [
    { declared, recorded: { getTenant: ['Get accessToken'] } },
    { declared, recorded: {} },
  ];
  expect(needlessCalls(recordings)).toEqual(['getTenant: Get tenant', 'countTenants: Query tenant']);
});

test('nothing is where the files together called all', () => {
  const recordings = [
    { declared, recorded: { getTenant: ['Get accessToken'], countTenants: ['Query tenant'] } },
    { declared, recorded: { getTenant: ['Get tenant'] } },
  ];
  expect(needlessCalls(recordings)).toEqual([]);
});

test('a run that recorded nothing fails', () => {
  expect(() => needlessCalls([])).toThrow('No test recorded');
});
