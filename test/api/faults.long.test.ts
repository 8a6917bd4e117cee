import { isDeepStrictEqual } from 'node:util';
import { TransactionConflictException } from '@aws-sdk/client-dynamodb';
import { type Endpoint, endpoints } from '../../lib/endpoints.ts';
import { needsOf } from '../../lib/needs.ts';
import { type Call, goodCall, seedWorld, send, withField } from '../support/calls.ts';
import { type Faults, installFaults, type RecordedCall, throttled, transactionConflict } from '../support/faults.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
let store: Faults;

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  store = installFaults();
});
afterAll(() => api.stop());

/** What makes a call write all that its endpoint can write. */
const more: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  createProfile: { verificationUrl: 'https://app.example.com/' },
  updateProfile: { password: 'new', attributes: '{"firstName":"New"}' },
};

type Operation = RecordedCall['operation'];
const writing: readonly Operation[] = ['PutItem', 'UpdateItem', 'DeleteItem', 'TransactWriteItems', 'BatchWriteItem'];
const isWrite = ({ operation }: RecordedCall) => writing.includes(operation);
const internal = '{"errorCode":"OTHER","message":"Internal server error"}';
/** The SDK does not repeat it. */
const broken = () => Object.assign(new Error('The store is broken'), { name: 'InternalServerError', $fault: 'server' });
const singleConflict = () => new TransactionConflictException({ message: 'Busy', $metadata: { httpStatusCode: 400 } });

/** Endpoints whose later writes only complete what the first one decided. */
const severalWrites = new Set(['deleteProfile']);
/** The last look at the credentials goes beside the ticket's write: where it fails, nobody ever learns that ticket's id. */
const readsBesideWrites = new Set([...severalWrites, 'authenticate']);

const stored = () => Promise.all((['profiles', 'tokens', 'tickets'] as const).map((table) => api.items(table)));

async function prepared({ contract }: Endpoint): Promise<{ call: Call }> {
  store.uninstall();
  const world = await seedWorld(api);
  if (contract.operationId === 'createProfile')
    await api.seedTenant({ id: '5a0000000000000000000001', verifyNewProfiles: true });
  const renames: readonly [string, string][] =
    contract.operationId === 'updateProfile' ? [['username', world.fresh]] : [];
  const fields = [...Object.entries(more[contract.operationId] ?? {}), ...renames];
  const call = fields.reduce((rest, [name, value]) => withField(rest, name, value), goodCall(contract, world));
  store.uninstall();
  store = installFaults();
  return { call };
}

const changes = (endpoint: Endpoint) => needsOf(endpoint).calls.some((call) => /^(Put|Update|Delete)Item /.test(call));
const changing = endpoints.filter((endpoint) => changes(endpoint) && endpoint.contract.upload === undefined);

describe.each(changing.map((endpoint) => [endpoint.contract.operationId, endpoint] as const))('%s', (_, endpoint) => {
  /** The operations that a good call reads and writes with. */
  let reads: ReadonlySet<Operation>;
  let writes: ReadonlySet<Operation>;
  beforeAll(async () => {
    const { call } = await prepared(endpoint);
    expect((await send(endpoint, call)).statusCode).toBe(200);
    const made = (wanted: (call: RecordedCall) => boolean) =>
      new Set(store.calls.filter(wanted).map(({ operation }) => operation));
    [reads, writes] = [made((call) => !isWrite(call)), made(isWrite)];
  });

  test('a lost answer is a success: nothing is done twice, nothing looks taken', async () => {
    for (const operation of writes) {
      const { call } = await prepared(endpoint);
      store.failNext(operation, 'lostAnswer');
      expect([operation, (await send(endpoint, call)).statusCode]).toEqual([operation, 200]);
    }
  });

  // The SDK waits before each repeat: some endpoints stand for all.
  const waits = ['authenticate', 'createProfile', 'updateProfile', 'removeTenantRoles', 'verifyProfile'];
  if (waits.includes(endpoint.contract.operationId))
    test('a throttled call is tried again, reads and writes alike', async () => {
      for (const operation of [...reads, ...writes]) {
        const { call } = await prepared(endpoint);
        store.failNext(operation, throttled);
        expect([operation, (await send(endpoint, call)).statusCode]).toEqual([operation, 200]);
      }
    });

  test('a conflict with another transaction is tried again', async () => {
    for (const operation of writes) {
      // A put without condition is of a fresh random key, which no transaction can hold.
      if (operation === 'PutItem') continue;
      const { call } = await prepared(endpoint);
      const conflict = () => (operation === 'TransactWriteItems' ? transactionConflict(0) : singleConflict());
      store.failNext(operation, conflict, 2);
      expect([operation, (await send(endpoint, call)).statusCode]).toEqual([operation, 200]);
    }
  });

  test('a store that refuses every write is a 500 in fixed words, and the same call works afterwards', async () => {
    for (const operation of writes) {
      const { call } = await prepared(endpoint);
      const before = await stored();
      store.failNext(operation, broken);
      const { statusCode, body } = await send(endpoint, call);
      expect([operation, statusCode, body]).toEqual([operation, 500, internal]);
      store.uninstall();
      if (!severalWrites.has(endpoint.contract.operationId))
        expect(isDeepStrictEqual(await stored(), before)).toBe(true);
      expect([operation, (await send(endpoint, call)).statusCode]).toEqual([operation, 200]);
    }
  });

  test('a store that cannot be read is a 500 in fixed words, and changes nothing', async () => {
    for (const operation of reads) {
      const { call } = await prepared(endpoint);
      const before = await stored();
      store.failNext(operation, broken);
      const { statusCode, body } = await send(endpoint, call);
      expect([operation, statusCode, body]).toEqual([operation, 500, internal]);
      store.uninstall();
      if (!readsBesideWrites.has(endpoint.contract.operationId))
        expect(isDeepStrictEqual(await stored(), before)).toBe(true);
    }
  });
});
