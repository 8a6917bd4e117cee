import fc from 'fast-check';
import type { Profile } from '../../../../functions/shared/domain/profile/profile.ts';
import { countMatches, findMatches, openQuery } from '../../../../functions/shared/domain/profile-list/by-query.ts';
import {
  everything,
  type ListOptions,
  listRange,
  listWhere,
} from '../../../../functions/shared/domain/profile-list/list.ts';
import type { ListPage, Position } from '../../../../functions/shared/domain/profile-list/position.ts';
import {
  attributeEquals,
  attributeExists,
  matches,
} from '../../../../functions/shared/domain/profile-list/query/match.ts';
import { parseQuery } from '../../../../functions/shared/domain/profile-list/query/parse.ts';
import { byCreation, comparator } from '../../../../functions/shared/domain/profile-list/query/sort.ts';
import { readerOf } from '../../../../functions/shared/domain/profile-list/reader.ts';
import { type Window, windowOf } from '../../../../functions/shared/domain/profile-list/window.ts';
import { exampleAccessToken } from '../../../support/example-access-token.ts';
import { runs } from '../../../support/thoroughness.ts';
import { storedIndex } from './stored-index.ts';
import { scalarText, valueText, type World, world } from './worlds.ts';

const caller = exampleAccessToken({ tenantPermissions: [{ tenant: '*', allowedActions: ['*'] }] });

const field = fc.constantFrom(
  'attributes.x',
  'attributes.y',
  'attributes.o.p',
  'attributes.o.q',
  'attributes.o.p.q',
  'attributes.x.p',
  'attributes.o',
  'roles',
);
const role = fc.constantFrom('"A"', '"B"', '"d"', '"nobody"');
const bound = fc.constantFrom('$gt', '$gte', '$lt', '$lte');
const prefix = fc.constantFrom('^a', '^ab?', '^a\\\\.', '^x', `^${'x'.repeat(899)}b`, '^(a|b)', '^A$', 'a');
const time = fc.integer({ min: 1_500_000_000_000, max: 1_500_000_000_005 }).map((ms) => `{$date: ${ms}}`);

const objectOf = (fields: readonly (readonly [string, string])[]) =>
  `{${fields.map(([name, text]) => `${JSON.stringify(name)}: ${text}`).join(', ')}}`;
const entries = (name: fc.Arbitrary<string>, text: fc.Arbitrary<string>, maxLength: number) =>
  fc.uniqueArray(fc.tuple(name, text), { minLength: 1, maxLength, selector: ([key]) => key }).map(objectOf);
const anyValue = fc.oneof({ weight: 4, arbitrary: scalarText }, { weight: 1, arbitrary: valueText }, role);

/** Of one field. */
const testOn = (value: fc.Arbitrary<string>) =>
  fc.oneof(
    { weight: 4, arbitrary: value },
    fc.array(value, { maxLength: 4 }).map((values) => `{$in: [${values.join(', ')}]}`),
    { weight: 3, arbitrary: entries(bound, value, 3) },
    { weight: 2, arbitrary: prefix.map((source) => `{$regex: '${source}'}`) },
    fc.boolean().map((exists) => `{$exists: ${exists}}`),
    fc.array(value, { minLength: 1, maxLength: 2 }).map((values) => `{$all: [${values.join(', ')}]}`),
    value.map((one) => `{$ne: ${one}}`),
    value.map((one) => `{$elemMatch: {$gte: ${one}}}`),
  );
const emails = fc.constantFrom('"a"', '"A"', '"ab"', '"b"', `"${'x'.repeat(899)}a"`, '1', 'null', '""');
const usernames = fc.constantFrom('"a0"', '"b7"', '"Ae"', '"a"', '"b"', '""', '1');
const clause = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(field, testOn(anyValue)) },
  fc.tuple(fc.constant('username'), testOn(usernames)),
  fc.tuple(fc.constant('email'), testOn(emails)),
  fc.tuple(fc.constant('createdOn'), testOn(time)),
  fc.tuple(fc.constant('verified'), fc.constantFrom('true', 'false')),
);

const { query } = fc.letrec<{ query: string; queries: string }>((tie) => ({
  queries: fc.array(tie('query'), { minLength: 1, maxLength: 3 }).map((each) => `[${each.join(', ')}]`),
  query: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.array(clause, { maxLength: 3 }).map(objectOf),
    tie('queries').map((each) => `{$or: ${each}}`),
    tie('queries').map((each) => `{$and: ${each}}`),
    tie('queries').map((each) => `{$nor: ${each}}`),
    fc.tuple(clause, tie('queries')).map(([[name, text], each]) => `{${JSON.stringify(name)}: ${text}, $or: ${each}}`),
  ),
}));

const options = fc.record({
  sortBy: fc.option(
    fc.oneof(
      field,
      fc.constantFrom('username', 'email', 'createdOn', 'lastModified', '_id', 'verified', 'attributes.secret'),
    ),
    { nil: undefined },
  ),
  sortOrder: fc.constantFrom('ASC', 'DESC', undefined),
  attributesToReturn: fc.constant(undefined),
});
const paging = fc.record({ start: fc.nat(6), count: fc.nat(6) });

/** What any list is, by looking at everything. */
function listed(
  reader: ReturnType<typeof readerOf>,
  profiles: readonly Profile[],
  { sortBy, sortOrder }: ListOptions,
  test: (view: Profile) => boolean,
) {
  const views = profiles.flatMap((profile) => reader.view(profile) ?? []).filter(test);
  return views.sort(sortBy ? comparator(sortBy, sortOrder) : byCreation).map(({ id }) => id);
}

const idsOf = ({ profiles }: ListPage) => profiles.map(({ id }) => id);

/** The pages of a list, one behind the other, as long as each says that more may follow. */
async function chain(read: (after: Position | undefined) => Promise<ListPage>): Promise<readonly string[]> {
  const ids: string[] = [];
  let after: Position | undefined;
  for (let page = 0; page < 50; page += 1) {
    const found = await read(after);
    ids.push(...idsOf(found));
    after = found.next;
    if (after === undefined) return ids;
  }
  throw new Error('The list does not end');
}

type Find = (options: ListOptions, window: Window) => Promise<ListPage>;

async function holdsFor(
  find: Find,
  expected: readonly string[],
  sort: ListOptions,
  page: { start: number; count: number },
) {
  const window = windowOf(page);
  expect(idsOf(await find(sort, window))).toEqual(expected.slice(window.from, window.to));
  expect(await chain((after) => find({ ...sort, after }, windowOf({ count: 1 + (page.count % 4) })))).toEqual(expected);
}

const opened = ({ tenant, profiles, most }: World) => ({
  source: storedIndex(tenant, profiles, most),
  reader: readerOf(caller, tenant),
});

test('queries answer the same as without any index, in windows and page by page', async () => {
  await fc.assert(
    fc.asyncProperty(world, query, options, paging, async (given, text, sort, page) => {
      const { source, reader } = opened(given);
      const tenants = { findTenant: async () => given.tenant };
      const asked = await openQuery(tenants, Promise.resolve(caller), { tenantName: given.tenant.name, query: text });
      const parsed = parseQuery(text);
      const expected = listed(reader, given.profiles, sort, (view) => matches(parsed, view));
      await holdsFor((how, window) => findMatches(source, asked, how, window), expected, sort, page);
      expect(await countMatches(source, asked)).toMatchObject({ count: expected.length });
    }),
    { numRuns: runs(8_000) },
  );
});

test('ranges answer the same', async () => {
  await fc.assert(
    fc.asyncProperty(world, options, paging, async (given, sort, page) => {
      const { source, reader } = opened(given);
      const expected = listed(reader, given.profiles, sort, () => true);
      await holdsFor((how, window) => listRange(source, reader, how, window), expected, sort, page);
    }),
    { numRuns: runs(5_000) },
  );
});

const listTest = fc.oneof(
  role.map((text) => ({ field: 'roles', value: JSON.parse(text) })),
  fc.record({
    field: field.filter((name) => name !== 'roles'),
    value: fc.constantFrom('a', 'b', '', 'x'.repeat(899), undefined),
  }),
);

test('lists by a role, a value or an attribute answer the same', async () => {
  await fc.assert(
    fc.asyncProperty(world, listTest, options, paging, async (given, { field: name, value }, sort, page) => {
      const { source, reader } = opened(given);
      const path = name.replace('attributes.', '');
      const byAttribute = (view: Profile) =>
        value === undefined ? attributeExists(path, view) : attributeEquals(path, value, view);
      const passes = (view: Profile) => (name === 'roles' ? view.roles.includes(value) : byAttribute(view));
      const asked =
        value === undefined
          ? ({ kind: 'exists' } as const)
          : ({ kind: 'values', values: [value], isOne: true } as const);
      const expected = listed(reader, given.profiles, sort, passes);
      const find: Find = (how, window) => listWhere(source, reader, how, window, { field: name, asked, passes });
      await holdsFor(find, expected, sort, page);
      expect(idsOf(await find(sort, everything))).toEqual(expected);
    }),
    { numRuns: runs(5_000) },
  );
});
