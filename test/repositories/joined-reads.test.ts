import { inInvocation } from '../../functions/shared/config/invocation.ts';
import {
  type Key,
  profilesTable,
  ticketsTable,
  tokensTable,
} from '../../functions/shared/repositories/dynamodb/keys.ts';
import { getItem, getItems } from '../../functions/shared/repositories/dynamodb/reads.ts';
import { putNew } from '../../functions/shared/repositories/dynamodb/writes.ts';
import { type Faults, installFaults, throttled } from '../support/faults.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
let store: Faults;

const keyOf = (pk: string): Key => ({ pk, sk: 'one' });
/** The keys of items that are there. */
const stored = ['a', 'b', 'c', ...Array.from({ length: 150 }, (_, index) => `n${index}`)];

beforeAll(async () => {
  api = await startLocalApi();
  for (const table of [profilesTable(), tokensTable(), ticketsTable()])
    await Promise.all(stored.map((pk) => putNew(table, { ...keyOf(pk), table })));
});
afterAll(() => api.stop());
beforeEach(() => {
  store = installFaults();
});
afterEach(() => store.uninstall());

const operations = () => store.calls.map(({ operation }) => operation);
const inCall = <Result>(run: () => Promise<Result>) => inInvocation({ operation: 'x' }, run);
const found = (item: Readonly<Record<string, unknown>> | undefined) => item && [item.table, item.pk];

test('what a call of a function reads side by side is one strong call over all tables', async () => {
  const items = await inCall(() =>
    Promise.all([
      getItem(profilesTable(), keyOf('a')),
      getItem(tokensTable(), keyOf('a')),
      getItem(ticketsTable(), keyOf('none')),
    ]),
  );
  expect(items.map(found)).toEqual([[profilesTable(), 'a'], [tokensTable(), 'a'], undefined]);
  expect(store.calls).toMatchObject([{ operation: 'BatchGetItem', consistentRead: true }]);
});

test('steps that need no answer in between belong to it, however many promises they go through', async () => {
  const later = async (steps: number, pk: string) => {
    for (let step = 0; step < steps; step++) await undefined;
    return getItem(profilesTable(), keyOf(pk));
  };
  const items = await inCall(() => Promise.all([later(0, 'a'), later(1, 'b'), later(40, 'c')]));
  expect([items.map((item) => item?.pk), operations()]).toEqual([['a', 'b', 'c'], ['BatchGetItem']]);
});

test('keys that read the same when put together are two items', async () => {
  const keys: readonly Key[] = [
    { pk: 'x', sk: '1 y' },
    { pk: 'x1', sk: ' y' },
    { pk: 'x 1', sk: 'y' },
    { pk: '1', sk: '1 y' },
  ];
  await Promise.all(keys.slice(1).map((key) => putNew(profilesTable(), { ...key })));
  const items = await inCall(() => Promise.all(keys.map((key) => getItem(profilesTable(), key))));
  expect(items.map((item) => item && { pk: item.pk, sk: item.sk })).toEqual([undefined, ...keys.slice(1)]);
});

test('what waits for an answer is the next call', async () => {
  await inCall(async () => {
    await getItem(profilesTable(), keyOf('a'));
    await Promise.all([getItem(profilesTable(), keyOf('b')), getItem(tokensTable(), keyOf('b'))]);
  });
  expect(operations()).toEqual(['GetItem', 'BatchGetItem']);
});

test('two calls of a function share nothing, and what is no call of one goes alone', async () => {
  const read = () => getItem(profilesTable(), keyOf('a'));
  await Promise.all([inCall(read), inCall(read)]);
  await Promise.all([read(), read()]);
  expect(operations()).toEqual(['GetItem', 'GetItem', 'GetItem', 'GetItem']);
});

test('one key that several ask for is named once, and everybody gets the item', async () => {
  const read = () => getItem(profilesTable(), keyOf('a'));
  const items = await inCall(() => Promise.all([read(), read(), getItem(profilesTable(), keyOf('b'))]));
  expect([items.map((item) => item?.pk), operations()]).toEqual([['a', 'a', 'b'], ['BatchGetItem']]);
  const again = await inCall(() => Promise.all([read(), read()]));
  expect([again.map((item) => item?.pk), operations()]).toEqual([
    ['a', 'a'],
    ['BatchGetItem', 'GetItem'],
  ]);
});

test('more than 100 keys are several calls, as few as can be', async () => {
  const many = stored.slice(0, 150).map(keyOf);
  const [one, items] = await inCall(() =>
    Promise.all([getItem(tokensTable(), keyOf('a')), getItems(profilesTable(), many)]),
  );
  expect([one?.pk, items.map(({ pk }) => pk)]).toEqual(['a', many.map(({ pk }) => pk)]);
  expect(operations()).toEqual(['BatchGetItem', 'BatchGetItem']);
});

test('no keys are no call, nor is one that no table can hold', async () => {
  const nothing = await inCall(() =>
    Promise.all([getItems(profilesTable(), []), getItem(profilesTable(), keyOf('x'.repeat(2049)))]),
  );
  expect([nothing, operations()]).toEqual([[[], undefined], []]);
});

test('keys that the store leaves out are asked for again, of every table', async () => {
  store.cutNext('BatchGetItem', 1, 2);
  const tables = [profilesTable(), tokensTable(), ticketsTable()];
  const items = await inCall(() => Promise.all(tables.map((table) => getItem(table, keyOf('a')))));
  expect(items.map(found)).toEqual(tables.map((table) => [table, 'a']));
  expect([operations(), store.pending()]).toEqual([['BatchGetItem', 'BatchGetItem', 'BatchGetItem'], 0]);
});

test('throttling and a lost answer are repeated', async () => {
  store.failNext('BatchGetItem', throttled);
  store.failNext('BatchGetItem', 'lostAnswer');
  const tables = [profilesTable(), tokensTable()];
  const items = await inCall(() => Promise.all(tables.map((table) => getItem(table, keyOf('a')))));
  expect([items.map((item) => item?.pk), store.pending()]).toEqual([['a', 'a'], 0]);
});

test('a call that fails fails each read of it, and none of another one', async () => {
  const refused = Object.assign(new Error('no'), { name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } });
  store.failNext('BatchGetItem', () => refused);
  const outcomes = await inCall(async () => {
    const together = await Promise.allSettled([
      getItem(profilesTable(), keyOf('a')),
      getItem(tokensTable(), keyOf('a')),
    ]);
    return [...together, ...(await Promise.allSettled([getItem(profilesTable(), keyOf('a'))]))];
  });
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
});

test('the stack of a failure has the steps that waited', async () => {
  store.failNext('BatchGetItem', () => Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
  const lookUp = async () => {
    const item = await getItem(profilesTable(), keyOf('a'));
    return item?.pk;
  };
  const failure = await inCall(() => Promise.all([lookUp(), getItem(tokensTable(), keyOf('a'))])).catch(String);
  expect(failure).toBe('AccessDeniedException: no');
  store.failNext('GetItem', () => Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
  const alone = await inCall(lookUp).catch((error: Error) => error.stack);
  expect(alone).toMatch(/ getOne .* getItem .* lookUp /s);
});
