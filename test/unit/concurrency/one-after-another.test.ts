import { setImmediate as turn } from 'node:timers/promises';
import { oneAfterAnother } from '../../../functions/shared/domain/concurrency/one-after-another.ts';

test('each is asked for when there is room for it, and never are more worked on than said', async () => {
  let [made, done, most] = [0, 0, 0];
  function* coming() {
    for (let at = 0; at < 10; at++) {
      made++;
      most = Math.max(most, made - done);
      yield at;
    }
  }
  const order: number[] = [];
  await oneAfterAnother(coming(), 3, async (at) => {
    await turn();
    order.push(at);
    done++;
  });
  expect({ order, most }).toEqual({ order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], most: 3 });
});

test('a slow one holds up no other', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const done: number[] = [];
  await oneAfterAnother([0, 1, 2, 3], 2, async (at) => {
    if (at === 0) await promise;
    done.push(at);
    if (at === 3) resolve();
  });
  expect(done).toEqual([1, 2, 3, 0]);
});

test('after a fault no other is begun', async () => {
  const begun: number[] = [];
  const work = async (at: number) => {
    begun.push(at);
    await turn();
    if (at === 1) throw new Error('broken');
    await turn();
  };
  await expect(oneAfterAnother([0, 1, 2, 3, 4], 2, work)).rejects.toThrow('broken');
  for (let again = 0; again < 5; again++) await turn();
  expect(begun).toEqual([0, 1]);
});
