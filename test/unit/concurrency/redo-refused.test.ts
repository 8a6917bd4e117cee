import { inInvocation } from '../../../functions/shared/config/invocation.ts';
import { redoRefused } from '../../../functions/shared/domain/concurrency/redo-refused.ts';

const readOn = async (state: number) => state + 1;

test('a refused write is made again on what is there by then', async () => {
  const write = jest.fn(async (state: number) => (state < 3 ? undefined : `written on ${state}`));
  expect(await redoRefused(1, write, readOn)).toBe('written on 3');
  expect(write.mock.calls).toEqual([[1], [2], [3]]);
});

test('there is nothing to write where nothing was found, at first or later', async () => {
  const write = jest.fn(async () => undefined);
  expect(await redoRefused(undefined, write, readOn)).toBeUndefined();
  expect(write).not.toHaveBeenCalled();
  expect(await redoRefused(1, write, async () => undefined)).toBeUndefined();
  expect(write).toHaveBeenCalledTimes(1);
});

test('false is an outcome, too', async () => {
  expect(await redoRefused(1, async () => false, readOn)).toBe(false);
});

test('a state that changes more often than ten times is written in the end', async () => {
  const write = jest.fn(async (state: number) => (state < 15 ? undefined : state));
  expect(await redoRefused(1, write, readOn)).toBe(15);
});

test('one that changes at every try is a failure once the time for an answer is up', async () => {
  const write = jest.fn(async () => undefined);
  const call = { operation: 'test' };
  const writing = inInvocation(call, () => redoRefused(1, write, readOn), Date.now() + 100);
  await expect(writing).rejects.toMatchObject({ kind: 'internal' });
  expect(write.mock.calls.length).toBeGreaterThan(2);
  const late = inInvocation(call, () => redoRefused(1, write, readOn), Date.now());
  await expect(late).rejects.toMatchObject({ kind: 'internal' });
});
