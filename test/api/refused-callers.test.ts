import { setTimeout as sleep } from 'node:timers/promises';
import { endpoints } from '../../lib/endpoints.ts';
import { needsOf } from '../../lib/needs.ts';
import { goodCall, seedWorld, send, type World, withField } from '../support/calls.ts';
import { type Faults, installFaults } from '../support/faults.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
let world: World;
let store: Faults;

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  world = await seedWorld(api);
});
afterAll(() => api.stop());
beforeEach(() => {
  store = installFaults();
});
afterEach(() => store.uninstall());

const isWrite = (call: string) => /^(Put|Update|Delete|BatchWrite|Transact)/.test(call);
const writing = endpoints.filter(
  (endpoint) => endpoint.contract.authorisation === 'accessToken' && needsOf(endpoint).calls.some(isWrite),
);

/** Writes that an endpoint has begun by the time that its caller is known, and shortly after. */
async function writesOf(call: () => Promise<unknown>): Promise<readonly string[]> {
  await call();
  await sleep(20);
  return store.calls.map(({ operation }) => operation).filter(isWrite);
}

test('most endpoints write', () => expect(writing.length).toBeGreaterThan(30));

describe.each(writing.map((endpoint) => [endpoint.contract.operationId, endpoint] as const))('%s', (_, endpoint) => {
  test.each([undefined, 'nobody', 'expired', 'powerless', 'stranger'])(
    'writes nothing for the caller %s',
    async (id) => {
      const call = withField(goodCall(endpoint.contract, world), 'accessTokenId', id);
      const writes = await writesOf(async () => {
        const { statusCode } = await send(endpoint, call);
        expect([400, 403]).toContain(statusCode);
      });
      expect(writes).toEqual([]);
    },
  );
});
