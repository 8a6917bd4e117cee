import { keepAuditKey } from '../../functions/shared/repositories/audit-key.ts';
import { sample } from '../../lib/openapi/sample.ts';
import { type CapturedOutput, captureOutput } from '../support/captured-output.ts';
import { everything } from '../support/everything.ts';
import { exampleCases, exampleRequest, prepareExample } from '../support/examples.ts';
import { type ApiRequest, type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
let output: CapturedOutput;
const trail: string[] = [];

beforeAll(async () => {
  api = await startLocalApi({ bucket: true, env: { POWERTOOLS_LOG_LEVEL: 'INFO' } });
});
afterAll(() => api.stop());
beforeEach(() => {
  output = captureOutput();
});
afterEach(() => output.release());

/** The last use of a ticket moves on with each page of its user: no change that somebody made. */
const touches = ['getTicket', 'getProfileByTicket'];

const seeds = ['john.doe', 'jane.doe', 'forgetful', 'mara', '@example', 'correct horse', 'https:', 'John', 'APP_TEST'];
/** What no record may hold; what the server makes up joins while the tests run. */
const secrets = new Set([...seeds, ...(JSON.stringify(sample).match(/[\da-f-]{36}/g) ?? [])]);

/** The call, what it left in the audit trail, and whether it changed the store. */
async function audited(method: string, path: string, request: ApiRequest) {
  const before = await everything(api);
  const { length } = output.records();
  const answer = await api.request(method, path, request);
  const records = output
    .records()
    .slice(length)
    .filter(({ audit }) => audit === 1);
  for (const [id] of JSON.stringify(answer.body ?? '').matchAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g))
    secrets.add(id);
  trail.push(...records.map((record) => JSON.stringify({ ...record, requestId: '', awsRequestId: '' })));
  return { answer, records, changed: (await everything(api)) !== before };
}

const withToken = (request: ApiRequest, id: string | undefined): ApiRequest => {
  const { accessTokenId: _, ...query } = request.query ?? {};
  return { ...request, query: id === undefined ? query : { ...query, accessTokenId: id } };
};

describe.each(exampleCases.map((one) => [one.contract.operationId, one] as const))('%s', (operation, one) => {
  const { contract } = one;
  beforeEach(async () => {
    await prepareExample(api, one);
  });

  test('leaves one record where it changes the store, and none where it does not', async () => {
    const { path, request } = exampleRequest(one);
    const { answer, records, changed } = await audited(contract.method, path, request);
    expect(answer.status).toBe(200);
    expect(changed).toBe(contract.method === 'POST' || touches.includes(operation));
    if (contract.method === 'GET') return expect(records).toEqual([]);
    expect(records).toEqual([
      expect.objectContaining({
        level: 'INFO',
        message: 'Audit',
        timestamp: expect.any(String),
        operation,
        requestId: expect.any(String),
        awsRequestId: expect.any(String),
        audit: 1,
        outcome: 'done',
        application: 'profile-admin',
        caller: expect.stringMatching(/^[\da-f]{32}$/),
        // Whoever asks for a tenant finds it.
        ...(operation.includes('AccessToken') ? {} : { tenant: expect.any(String) }),
        sourceAddress: '127.0.0.1',
      }),
    ]);
  });

  if (contract.authorisation === 'accessToken') {
    test('leaves one record where the access token is refused', async () => {
      const { path, request } = exampleRequest(one);
      // As in a sandbox that could not read the key while it started.
      await api.put('tokens', [{ pk: 'AUDIT_KEY', sk: 'KEY', secret: Buffer.alloc(32, 'another key') }]);
      keepAuditKey(undefined);
      const { records, changed } = await audited(contract.method, path, withToken(request, sample.unknownId));
      const refused = { operation, outcome: 'refused', code: 'NO_SUCH_ACCESS_TOKEN_ID', reason: 'unknownAccessToken' };
      expect([changed, records]).toEqual([
        false,
        [expect.objectContaining({ ...refused, caller: expect.stringMatching(/^[\da-f]{32}$/) })],
      ]);
      const none = await audited(contract.method, path, withToken(request, undefined));
      expect([none.changed, none.records]).toEqual([
        false,
        [
          expect.objectContaining({
            operation,
            outcome: 'refused',
            code: 'ACCESS_DENIED',
            reason: 'missingAccessToken',
          }),
        ],
      ]);
    });

    if (contract.errors.includes('actionDenied'))
      test('leaves one record where the action is denied', async () => {
        const { path, request } = exampleRequest(one);
        await api.seedAccessToken({ id: 'powerless', application: 'powerless', tenantPermissions: [] });
        const { answer, records, changed } = await audited(contract.method, path, withToken(request, 'powerless'));
        expect(answer.body).toMatchObject({ errorCode: 'ACTION_DENIED' });
        const denied = { operation, outcome: 'refused', code: 'ACTION_DENIED', application: 'powerless' };
        expect([changed && !touches.includes(operation), records]).toEqual([false, [expect.objectContaining(denied)]]);
      });
  } else
    test('leaves one record where the management token is wrong', async () => {
      const { records } = await audited(contract.method, contract.path, { query: { token: 'canary' } });
      expect(records).toEqual([
        expect.objectContaining({
          operation,
          outcome: 'refused',
          code: 'ACCESS_DENIED',
          reason: 'managementTokenDenied',
        }),
      ]);
    });
});

test('no record holds a secret, a username, an address or a value', () => {
  expect(trail.length).toBeGreaterThan(150);
  expect([...secrets].filter((secret) => trail.join('\n').includes(secret))).toEqual([]);
});
