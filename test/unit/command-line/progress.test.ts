import { withProgress } from '../../../lib/progress.ts';

const { isTTY } = process.stderr;

beforeEach(() => {
  jest.useFakeTimers();
  jest.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => {
  process.stderr.isTTY = isTTY;
  jest.useRealTimers();
  jest.restoreAllMocks();
});

async function linesOver(seconds: number, onTerminal: boolean): Promise<readonly string[]> {
  process.stderr.isTTY = onTerminal;
  const work = () => new Promise<string>((resolve) => setTimeout(() => resolve('done'), seconds * 1000));
  const working = withProgress('Importing', work);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(await working).toBe('done');
  return jest.mocked(console.error).mock.calls.map(([line]) => String(line));
}

test.each([
  ['a terminal', 2, true, []],
  ['a terminal', 10, true, ['Importing … 3 s', 'Importing … 6 s', 'Importing … 9 s']],
  ['a log', 10, false, ['Importing … 3 s']],
])('to %s, work of %s s says so', async (_, seconds, onTerminal, lines) => {
  expect(await linesOver(seconds, onTerminal)).toEqual(lines);
});

test('work that fails is no longer told of', async () => {
  const failing = withProgress('Importing', () => Promise.reject(new Error('failed')));
  await expect(failing).rejects.toThrow('failed');
  await jest.advanceTimersByTimeAsync(60_000);
  expect(console.error).not.toHaveBeenCalled();
});
