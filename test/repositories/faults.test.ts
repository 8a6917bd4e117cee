import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { createAccessToken } from '../../functions/shared/repositories/access-tokens.ts';
import { documentClient } from '../../functions/shared/repositories/dynamodb/client.ts';
import { profilesTable } from '../../functions/shared/repositories/dynamodb/keys.ts';
import { findProfile, findProfiles } from '../../functions/shared/repositories/profiles.ts';
import { type Faults, installFaults, throttled } from '../support/faults.ts';
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
const toll = () => ({ injected: faults.injected(), pending: faults.pending() });

test('records each call at the wire with its capacity', async () => {
  const { id } = await api.seedProfile();
  faults.calls.length = 0;
  await findProfile(id);
  expect(faults.calls).toEqual([{ operation: 'GetItem', consistentRead: true, capacityUnits: 1 }]);
});

test('a fault happens at the next call of its operations, and is counted', async () => {
  faults.failNext(['PutItem', 'GetItem'], throttled);
  expect(toll()).toEqual({ injected: 0, pending: 1 });
  await findProfile('none');
  expect([toll(), operations()]).toEqual([{ injected: 1, pending: 0 }, ['GetItem', 'GetItem']]);
});

test('a fault that no call meets stays planned, and is not counted', async () => {
  faults.failNext('PutItem', throttled);
  faults.cutNext('BatchGetItem', 1);
  await findProfile('none');
  expect(toll()).toEqual({ injected: 0, pending: 2 });
  faults.reset();
  expect(toll()).toEqual({ injected: 0, pending: 0 });
});

test('a lost answer is that of a call that was carried out, a refusal too', async () => {
  const token = await api.seedAccessToken({ id: 'first' });
  faults.calls.length = 0;
  faults.failNext('PutItem', 'lostAnswer', 2);
  expect(await createAccessToken({ ...token, id: 'second' })).toBe(true);
  expect([toll(), operations()]).toEqual([{ injected: 2, pending: 0 }, ['PutItem', 'PutItem', 'PutItem']]);
});

test('the first answer of every call is lost, that of its repeat arrives', async () => {
  const token = await api.seedAccessToken({ id: 'third' });
  faults.loseFirstAnswers(['PutItem']);
  faults.calls.length = 0;
  expect(await createAccessToken({ ...token, id: 'fourth' })).toBe(true);
  expect(await createAccessToken({ ...token, id: 'fourth' })).toBe(false);
  expect([toll(), operations().length]).toEqual([{ injected: 2, pending: 0 }, 4]);
});

test('a batch is cut, of reads and of writes', async () => {
  const profiles = await Promise.all([1, 2, 3].map(() => api.seedProfile()));
  faults.calls.length = 0;
  faults.cutNext('BatchGetItem', 2);
  expect(await findProfiles(profiles.map(({ id }) => id))).toHaveLength(3);
  expect([toll(), operations()]).toEqual([{ injected: 1, pending: 0 }, ['BatchGetItem', 'BatchGetItem']]);
  faults.cutNext('BatchWriteItem', 1);
  const requests = ['a', 'b'].map((pk) => ({ PutRequest: { Item: { pk, sk: 'cut' } } }));
  const table = profilesTable();
  const answer = await documentClient().send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
  expect(answer.UnprocessedItems).toEqual({ [table]: requests.slice(1) });
});

test('uninstalled, it records nothing', async () => {
  faults.uninstall();
  faults.calls.length = 0;
  await findProfile('none');
  expect(faults.calls).toEqual([]);
});
