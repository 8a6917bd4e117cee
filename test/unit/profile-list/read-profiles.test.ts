import type { AccessToken } from '../../../functions/shared/domain/access/access-token.ts';
import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { eachOnce, mapPages, readProfiles, skip } from '../../../functions/shared/domain/profile-list/read-profiles.ts';
import { readerOf } from '../../../functions/shared/domain/profile-list/reader.ts';
import { allowing, definition } from '../../support/definitions.ts';
import { exampleTenant } from '../../support/example-tenant.ts';
import { collect, countedPages, numbered } from './views.ts';

afterEach(() => jest.restoreAllMocks());

const caller: AccessToken = {
  id: 't',
  application: 'app',
  master: false,
  tenantPermissions: [],
  expiresOnMs: null,
  createdAtMs: 0,
};
const tenant = exampleTenant({
  attributeDefinitions: [definition('open', allowing('app')), definition('closed', allowing('other'))],
});
const reader = readerOf(caller, tenant);

/** Bodies of all ids, and how many were asked for at once. */
function store(bodyOf: (id: string) => Profile = (id) => numbered(Number(id))) {
  const sizes: number[] = [];
  const findProfiles = async (ids: readonly string[]) => {
    sizes.push(ids.length);
    return ids.map(bodyOf);
  };
  return { sizes, findProfiles };
}

const ids = (count: number) => Array.from({ length: count }, (_, n) => String(n));

test.each([
  ['eight batches at a time', undefined, [2_000], [800, 800, 400]],
  ['a first portion, then eight batches', 100, [2_000], [100, 800, 800, 300]],
  ['short pages put together', undefined, [500, 500, 500], [800, 700]],
  ['a first portion of several pages', 30, [20, 20], [30, 10]],
  ['no more than eight batches at first', 5_000, [1_000], [800, 200]],
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

test('reads once who stands in the index twice, however far apart', async () => {
  const source = store();
  const views = await collect(readProfiles(source, reader, eachOnce([ids(900), ['1', '900'], ['1', '900']])));
  expect([source.sizes, views.flat().length]).toEqual([[800, 101], 901]);
});

test('shows neither hidden nor undefined attributes, and no profile of another tenant', async () => {
  const source = store((id) => ({
    ...numbered(Number(id), { open: 1, closed: 2, undefinedOne: 3 }),
    tenantId: id === '1' ? '5b0000000000000000000000' : tenant.id,
  }));
  const [views = []] = await collect(readProfiles(source, reader, [ids(2)]));
  expect(views.map(({ attributes }) => Object.fromEntries(attributes))).toEqual([{ open: 1 }]);
});

test('an attribute is hidden where it is defined and not readable', () => {
  expect(['open', 'closed', 'undefinedOne'].map(reader.hides)).toEqual([false, true, false]);
});

test.each([
  ['bodies', [ids(800), ids(800), ids(800)], 3],
  ['keys without any', [[], [], []], 0],
])('stops reading %s after 24 s', async (_, pages, reads) => {
  const source = store();
  let nowMs = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => {
    nowMs += 7_999;
    return nowMs;
  });
  await expect(collect(readProfiles(source, reader, [...pages, [], []]))).rejects.toMatchObject({
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
