import { inParallel } from '../../concurrency/in-parallel.ts';

/** How many are asked for their next page at a time. */
const AT_A_TIME = 32;

/** One of several lists that are read side by side. */
interface Head<Item> {
  readonly pages: AsyncIterator<readonly Item[], unknown>;
  /** What has come and is not passed on. */
  open: readonly Item[];
  isDone: boolean;
}

async function fill<Item>(head: Head<Item>): Promise<void> {
  while (head.open.length === 0 && !head.isDone) {
    const { done, value } = await head.pages.next();
    if (done) head.isDone = true;
    else head.open = value;
  }
}

/** How many of a list in order stand up to, and with, an item. */
function countUpTo<Item>(list: readonly Item[], item: Item, compare: (a: Item, b: Item) => number): number {
  const beyond = list.findIndex((one) => compare(one, item) > 0);
  return beyond === -1 ? list.length : beyond;
}

/** Lists that are in this order, as one. Those that have nothing to hand are read on, side by side. */
export async function* mergePages<Item>(
  lists: readonly AsyncIterable<readonly Item[]>[],
  compare: (a: Item, b: Item) => number,
): AsyncGenerator<readonly Item[]> {
  let heads = lists.map((list): Head<Item> => ({ pages: list[Symbol.asyncIterator](), open: [], isDone: false }));
  for (;;) {
    await inParallel(heads, AT_A_TIME, fill);
    heads = heads.filter(({ open }) => open.length > 0);
    const ends = heads.flatMap(({ open }) => open.slice(-1));
    const [first, ...others] = ends;
    if (first === undefined) return;
    const bound = others.reduce((least, end) => (compare(end, least) < 0 ? end : least), first);
    const passed = heads.map((head) => {
      const count = countUpTo(head.open, bound, compare);
      const taken = head.open.slice(0, count);
      head.open = head.open.slice(count);
      return taken;
    });
    yield passed.flat().sort(compare);
  }
}
