import { createHash } from 'node:crypto';
import { type Endpoint, endpoints } from '../../lib/endpoints.ts';
import { needsOf } from '../../lib/needs.ts';
import { goodCall, queryOf, seedWorld, send, withBearer, withField } from '../support/calls.ts';
import { definition } from '../support/definitions.ts';
import { type Faults, installFaults } from '../support/faults.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
let store: Faults;
const managementToken = 'canary-management';
const password = 'canary-password';
const link = 'https://app.example.com/canary-link';

/** What must never be seen; what the server makes up joins while the tests run. */
const secrets = new Set(['canary', '$argon2id$', 'Bqap0aPRFeuqmJJSuYpDloh9TB6V78ogUv7pndrToxk=']);
const output: string[] = [];

beforeAll(async () => {
  api = await startLocalApi({
    bucket: true,
    env: {
      POWERTOOLS_LOG_LEVEL: 'DEBUG',
      MANAGEMENT_TOKEN_SHA256: createHash('sha256').update(managementToken).digest('hex'),
    },
  });
  store = installFaults();
  for (const stream of [process.stdout, process.stderr])
    jest.spyOn(stream, 'write').mockImplementation((chunk) => {
      output.push(String(chunk));
      return true;
    });
  for (const level of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const)
    jest.spyOn(console, level).mockImplementation((...parts) => {
      output.push(parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' '));
    });
});
afterAll(async () => {
  jest.restoreAllMocks();
  await api.stop();
});

const leaks = (text: string) => [...secrets].filter((secret) => text.includes(secret));

/** An error of the store as careless as can be: its message, its stack and its fields quote what was sent. */
function telltale(request: string): Error {
  const text = `Cannot store {"password":"${password}"} ${request}\n    at canary-frame (canary.ts:1:1)`;
  return Object.assign(new Error(text), { name: 'ValidationException', $response: { body: text }, Item: text });
}

/** Everything that an answer holds may be a secret: ids of sessions and tokens are. */
function remember(body: string | undefined): void {
  for (const [id] of (body ?? '').matchAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g)) secrets.add(id);
}

async function canaryCall({ contract }: Endpoint) {
  store.uninstall();
  const world = await seedWorld(api);
  store = installFaults();
  await api.seedAccessToken({ id: 'canary-access-token', master: true });
  await api.seedTenant({
    id: '5a0000000000000000000001',
    verifyNewProfiles: true,
    attributeDefinitions: [definition('firstName')],
  });
  store.calls.length = 0;
  for (const id of [world.ticketId, world.loginId, world.verificationTokenId]) secrets.add(id);
  const given: Record<string, string> = {
    accessTokenId: 'canary-access-token',
    token: managementToken,
    password,
    newPassword: password,
    resetPasswordUrl: link,
    verificationUrl: link,
    query: '{username: "canary"}',
  };
  const names = ['accessTokenId', ...Object.keys(contract.parameters)].filter((name) => name in given);
  return names.reduce((call, name) => withField(call, name, given[name]), goodCall(contract, world));
}

describe.each(endpoints.map((endpoint) => [endpoint.contract.operationId, endpoint] as const))('%s', (_, endpoint) => {
  beforeEach(() => {
    output.length = 0;
  });

  test('tells no secret, whether it succeeds or fails', async () => {
    const call = await canaryCall(endpoint);
    remember((await send(endpoint, call)).body);
    const operations = new Set(store.calls.map(({ operation }) => operation));
    await send(endpoint, withField(call, 'accessTokenId', 'canary-unknown'));
    remember((await send(endpoint, withBearer(await canaryCall(endpoint), 'canary-access-token'))).body);
    await send(endpoint, withBearer(call, 'canary-unknown'));
    await send(endpoint, { ...call, authorization: 'Bearer canary-other, Basic canary' });
    await send(endpoint, { ...call, fields: call.fields.slice(0, 1) });
    await send(endpoint, { ...call, body: '{"canary', contentType: 'application/json' });
    for (const operation of operations) {
      const failing = await canaryCall(endpoint);
      store.failNext(operation, () => telltale(`${queryOf(failing)} ${JSON.stringify(failing.path)}`));
      const { statusCode, body } = await send(endpoint, { ...failing, authorization: 'Bearer canary-access-token' });
      expect([operation, statusCode, body]).toEqual([
        operation,
        500,
        '{"errorCode":"OTHER","message":"Internal server error"}',
      ]);
    }
    if (operations.size > 0) expect(output.join('')).toContain('Unexpected failure');
    expect(leaks(output.join(''))).toEqual([]);
  });

  if (needsOf(endpoint).calls.includes('SendEmail'))
    test('tells no secret where the mail is refused', async () => {
      const call = await canaryCall(endpoint);
      api.mailbox.failNext('refused');
      remember((await send(endpoint, withField(call, 'username', `canary-${Date.now()}`))).body);
      expect(output.join('')).not.toBe('');
      expect(leaks(output.join(''))).toEqual([]);
    });
});

test('the store holds neither passwords nor ids and tokens of sessions', async () => {
  store.uninstall();
  const tables = await Promise.all((['profiles', 'tokens', 'tickets'] as const).map((table) => api.items(table)));
  const profileId = '592715d4d4c650e226b03b62';
  const query = { accessTokenId: 'canary-access-token' };
  const login = await api.request('POST', '/authentication/persistent_login/create', { query, form: { profileId } });
  const text = JSON.stringify([...tables, await api.items('tickets')], (_key, value) =>
    value instanceof Set ? [...value] : value,
  );
  expect(secrets.size).toBeGreaterThan(100);
  for (const secret of ['canary-access-token', 'canary', '$argon2id$']) secrets.delete(secret);
  const accessTokens = new Set(tables[1]?.filter(({ pk }) => pk === 'ACCESS_TOKEN').map(({ sk }) => sk));
  for (const secret of [...secrets].filter((id) => accessTokens.has(id))) secrets.delete(secret);
  for (const secret of [password, link, managementToken, login.body.id, login.body.token]) secrets.add(secret);
  expect(leaks(text)).toEqual([]);
});
