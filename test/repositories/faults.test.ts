import { transact } from '../../functions/shared/repositories/dynamodb/writes.ts';
import { findProfile, findProfiles } from '../../functions/shared/repositories/profiles.ts';
import { createTenant } from '../../functions/shared/repositories/tenants.ts';
import { type Faults, installFaults, throttled, transactionConflict } from '../support/faults.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
let faults: Faults;

beforeAll(async () => {
  api = await startLocalApi();
});
afterAll(() => api.stop());
beforeEach(() => {
  faults = installFaults({ capacity: true });
});
afterEach(() => faults.uninstall());

const operations = () => faults.calls.map(({ operation }) => operation);

test('records each call at the wire with its capacity', async () => {
  const { id } = await api.seedProfile();
  faults.calls.length = 0;
  await findProfile(id);
  expect(faults.calls).toEqual([{ operation: 'GetItem', consistentRead: true, capacityUnits: 1 }]);
});

test('a throttled read is tried again', async () => {
  const { id } = await api.seedProfile();
  faults.calls.length = 0;
  faults.failNext('GetItem', throttled);
  expect((await findProfile(id))?.id).toBe(id);
  expect(operations()).toEqual(['GetItem', 'GetItem']);
});

test('a create whose answer is lost finds its own first try', async () => {
  const tenant = await api.seedTenant();
  faults.calls.length = 0;
  faults.failNext('PutItem', 'lostAnswer');
  expect(await createTenant({ ...tenant, name: 'other' })).toBe(true);
  expect(await createTenant({ ...tenant, name: 'other' })).toBe(false);
  expect(operations()).toEqual(['PutItem', 'PutItem', 'PutItem']);
});

test('a transaction that conflicts is tried again, and one whose answer is lost happens once', async () => {
  const add = {
    Update: {
      TableName: 'profiles',
      Key: { pk: 'COUNTER', sk: 'COUNTER' },
      UpdateExpression: 'ADD n :one',
      ExpressionAttributeValues: { ':one': 1 },
    },
  };
  faults.failNext('TransactWriteItems', () => transactionConflict(0), 2);
  faults.failNext('TransactWriteItems', 'lostAnswer');
  expect(await transact({ add })).toEqual(new Set());
  expect(operations()).toHaveLength(4);
  expect(await api.items('profiles')).toContainEqual({ pk: 'COUNTER', sk: 'COUNTER', n: 1 });
});

test('what a batch leaves out is asked for again', async () => {
  const profiles = await Promise.all([1, 2, 3, 4, 5].map(() => api.seedProfile()));
  const ids = profiles.map(({ id }) => id);
  faults.calls.length = 0;
  faults.cutNext('BatchGetItem', 2, 2);
  expect((await findProfiles(ids)).map(({ id }) => id)).toEqual(ids);
  expect(operations()).toEqual(['BatchGetItem', 'BatchGetItem', 'BatchGetItem']);
});

test('uninstalled, it records nothing', async () => {
  faults.uninstall();
  faults.calls.length = 0;
  await findProfile('none');
  expect(faults.calls).toEqual([]);
});
