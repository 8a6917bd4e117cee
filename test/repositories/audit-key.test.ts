import { ensureAuditKey, findAuditKey, keepAuditKey } from '../../functions/shared/repositories/audit-key.ts';
import { type Faults, installFaults, throttled } from '../support/faults.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
let store: Faults;
beforeAll(async () => {
  api = await startLocalApi();
  store = installFaults();
});
afterAll(() => api.stop());
beforeEach(async () => {
  await api.clear('tokens');
  keepAuditKey(undefined);
  store.calls.length = 0;
});

const hex = (key: Uint8Array | undefined) => key && Buffer.from(key).toString('hex');

test('there is none until it is made, once however many make it, and then it is read once', async () => {
  expect(await findAuditKey()).toBeUndefined();
  const made = await Promise.all(Array.from({ length: 5 }, ensureAuditKey));
  expect(new Set(made.map(hex)).size).toBe(1);
  keepAuditKey(undefined);
  store.calls.length = 0;
  expect([hex(await findAuditKey()), hex(await findAuditKey())]).toEqual([hex(made[0]), hex(made[0])]);
  expect(store.calls).toHaveLength(1);
});

test('what a process knows it takes along to tables from before it', async () => {
  const made = hex(await ensureAuditKey());
  await api.clear('tokens');
  expect(hex(await ensureAuditKey())).toBe(made);
  keepAuditKey(undefined);
  expect(hex(await findAuditKey())).toBe(made);
});

test('where it cannot be read there is none for now, and later there is', async () => {
  const made = hex(await ensureAuditKey());
  keepAuditKey(undefined);
  store.failNext('GetItem', throttled, 4);
  expect(await findAuditKey()).toBeUndefined();
  store.reset();
  expect(hex(await findAuditKey())).toBe(made);
});
