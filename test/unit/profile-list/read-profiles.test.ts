import { setImmediate } from 'node:timers/promises';
import { inInvocation } from '../../../functions/shared/config/invocation.ts';
import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { eachOnce, mapPages, readProfiles, skip } from '../../../functions/shared/domain/profile-list/read-profiles.ts';
import { readerOf } from '../../../functions/shared/domain/profile-list/reader.ts';
import { asAttributes } from '../../support/attributes.ts';
import { allowing, definition } from '../../support/definitions.ts';
import { exampleAccessToken } from '../../support/example-access-token.ts';
import { exampleTenant } from '../../support/example-tenant.ts';
import { collect, countedPages, numbered } from './views.ts';

afterEach(() => jest.restoreAllMocks());

const caller = exampleAccessToken({ id: 't' });
const tenant = exampleTenant({
  attributeDefinitions: [definition('open', allowing('app')), definition('closed', allowing('other'))],
});
const reader = readerOf(caller, tenant);

/** Bodies of all ids, how many were asked for at once, and how many were on their way then. */
function store(bodyOf: (id: string) => Profile = (id) => numbered(Number(id))) {
  const sizes: number[] = [];
  const onTheirWay: number[] = [];
  let open = 0;
  const findProfiles = async (wanted: readonly string[]) => {
    sizes.push(wanted.length);
    open += wanted.length;
    onTheirWay.push(open);
    await setImmediate();
    open -= wanted.length;
    return wanted.map(bodyOf);
  };
  return { sizes, onTheirWay, findProfiles };
}

const ids = (count: number) => Array.from({ length: count }, (_, n) => String(n));

const hundreds = (count: number) => Array.from({ length: count }, () => 100);

test.each([
  ['batches', undefined, [2_000], hundreds(20)],
  ['a first portion, then batches', 30, [230], [30, 100, 100]],
  ['short pages put together', undefined, [50, 50, 150], [100, 100, 50]],
  ['a first portion of several pages', 30, [20, 20], [30, 10]],
  ['no more than are needed', 250, [350], [100, 100, 50, 100]],
  ['nothing of nothing', 10, [0, 0], []],
])('reads %s', async (_, first, pages, sizes) => {
  const source = store();
  const all = ids(pages.reduce((sum, size) => sum + size, 0));
  const starts = pages.map((_size, n) => pages.slice(0, n).reduce((sum, size) => sum + size, 0));
  const idPages = pages.map((size, n) => all.slice(starts[n], (starts[n] ?? 0) + size));
  const views = await collect(readProfiles(source, reader, idPages, first));
  expect(source.sizes).toEqual(sizes);
  expect(views.flat().map(({ createdAtMs }) => String(createdAtMs))).toEqual(all);
});

test('has eight batches on their way, once it knows their size', async () => {
  const source = store();
  await collect(readProfiles(source, reader, [ids(3_000)]));
  expect([source.onTheirWay[1], Math.max(...source.onTheirWay)]).toEqual([200, 800]);
});

test('has nothing on its way beside what is needed first', async () => {
  const source = store();
  await collect(readProfiles(source, reader, [ids(600)], 150));
  expect(source.onTheirWay.slice(0, 3)).toEqual([100, 150, 100]);
});

test('reads as many at once as memory can hold', async () => {
  const large = numbered(0, { open: 'x'.repeat(390_000) });
  const source = store((id) => ({ ...large, id }));
  await collect(readProfiles(source, reader, [ids(900)]));
  expect([source.onTheirWay[1], Math.max(...source.onTheirWay.slice(2))]).toEqual([200, 100]);
});

test('keeps a failed read from nobody', async () => {
  const findProfiles = async (wanted: readonly string[]) => {
    if (wanted.includes('150')) throw new Error('The store is out');
    return wanted.map((id) => numbered(Number(id)));
  };
  await expect(collect(readProfiles({ findProfiles }, reader, [ids(400)]))).rejects.toThrow('The store is out');
});

test('reads once who stands in the index twice, however far apart', async () => {
  const source = store();
  const views = await collect(readProfiles(source, reader, eachOnce([ids(900), ['1', '900'], ['1', '900']])));
  expect([source.sizes, views.flat().length]).toEqual([[...hundreds(9), 1], 901]);
});

test('shows neither hidden nor undefined attributes, and no profile of another tenant', async () => {
  const source = store((id) => ({
    ...numbered(Number(id), { open: 1, closed: 2, undefinedOne: 3 }),
    tenantId: id === '1' ? '5b0000000000000000000000' : tenant.id,
  }));
  const [views = []] = await collect(readProfiles(source, reader, [ids(2)]));
  expect(views.map(({ attributes }) => attributes)).toEqual([asAttributes([['open', 1]])]);
});

test('an attribute is hidden where it is defined and not readable', () => {
  expect(['open', 'closed', 'undefinedOne'].map(reader.hides)).toEqual([false, true, false]);
});

test.each([
  ['bodies', [ids(200), ids(800), ids(800)], 2],
  ['keys without any', [[], [], []], 0],
])('stops reading %s after 24 s', async (_, pages, reads) => {
  const source = store();
  let nowMs = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => nowMs);
  const slow = {
    findProfiles: (portion: readonly string[]) => {
      nowMs += 11_999;
      return source.findProfiles(portion);
    },
  };
  async function* slowly() {
    for (const page of [...pages, []]) {
      nowMs += 1;
      yield page;
      if (page.length === 0) nowMs += 7_999;
    }
  }
  const read = () => collect(readProfiles(slow, reader, slowly()));
  await expect(inInvocation({ operation: 'x' }, read, 25_000)).rejects.toMatchObject({
    kind: 'invalidRequest',
    message: 'The read takes too long: narrow the query',
  });
  expect(source.sizes).toHaveLength(reads);
});

test('skips entries over pages', async () => {
  expect(await collect(skip([[1, 2], [], [3, 4], [5]], 3))).toEqual([[], [], [4], [5]]);
  expect(await collect(skip([[1]], 0))).toEqual([[1]]);
});

test('maps entries to several or none', async () => {
  const { pages } = countedPages([[1, 2], [3]]);
  expect(await collect(mapPages(pages, (n) => (n === 2 ? [] : [n, n])))).toEqual([
    [1, 1],
    [3, 3],
  ]);
});
