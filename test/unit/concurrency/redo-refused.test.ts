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

test('a state that changes at every attempt is a failure, after ten of them', async () => {
  const write = jest.fn(async () => undefined);
  await expect(redoRefused(1, write, readOn)).rejects.toMatchObject({ kind: 'internal' });
  expect(write).toHaveBeenCalledTimes(10);
});
