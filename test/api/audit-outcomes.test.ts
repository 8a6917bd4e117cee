import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import { keyedHash } from '../../functions/shared/audit/trail.ts';
import { findAuditKey, keepAuditKey } from '../../functions/shared/repositories/audit-key.ts';
import { type CapturedOutput, captureOutput } from '../support/captured-output.ts';
import { definition } from '../support/definitions.ts';
import { type Faults, installFaults } from '../support/faults.ts';
import { type ApiRequest, type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
let store: Faults;
let output: CapturedOutput;
let hash: (kind: 'access token' | 'user', ...values: readonly string[]) => string;
const id = '592715d4d4c650e226b03b62';
const query = { accessTokenId: 'canary-token' };

beforeAll(async () => {
  api = await startLocalApi({ env: { POWERTOOLS_LOG_LEVEL: 'INFO' } });
  store = installFaults();
  const key = await findAuditKey();
  if (key === undefined) throw new Error('There is no key');
  hash = (...parts) => keyedHash(key, ...parts);
});
afterAll(() => api.stop());
beforeEach(async () => {
  output = captureOutput();
  await api.seedAccessToken({ id: 'canary-token', application: 'shop', master: true });
  await api.seedTenant({
    id: '5a0000000000000000000001',
    name: 'default',
    attributeDefinitions: [definition('firstName'), definition('lastName')],
  });
  await api.seedProfile({ id, username: 'canary.name', email: 'canary@example.com', password: 'canary-password' });
});
afterEach(() => {
  output.release();
  store.reset();
  expect(output.text()).not.toContain('canary');
});

/** The records of the call, without what tells them from those of any other. */
async function trailOf(method: string, path: string, request: ApiRequest) {
  const { length } = output.records();
  const { status } = await api.request(method, path, { query, ...request });
  const records = output
    .records()
    .slice(length)
    .filter(({ audit }) => audit === 1)
    .map(
      ({ level, message, service, sampling_rate, timestamp, requestId, awsRequestId, sourceAddress, ...rest }) => rest,
    );
  return { status, records };
}

const signIn = (password: string) =>
  trailOf('POST', '/authentication/authenticate', {
    form: { tenantName: 'default', username: 'canary.name', password },
  });
const who = () => ({ audit: 1, application: 'shop', caller: hash('access token', 'canary-token') });
const whom = () => ({ tenant: 'default', profileId: id, user: hash('user', 'default', 'canary.name') });

describe('a sign-in', () => {
  const operation = 'authenticate';
  test('that is good', async () => {
    const done = { ...who(), ...whom(), operation, outcome: 'done', fields: ['ticket'] };
    expect(await signIn('canary-password')).toEqual({ status: 200, records: [done] });
  });

  test('with a wrong password, until the profile is locked', async () => {
    const bad = { operation, outcome: 'refused', code: 'BAD_CREDENTIALS', reason: 'badCredentials' };
    for (let time = 0; time < 10; time++)
      expect(await signIn('canary')).toEqual({
        status: 401,
        records: [{ ...who(), ...whom(), ...bad, fields: ['failedSignIns'] }],
      });
    const { profileId: _, ...unread } = whom();
    const locked = { operation, outcome: 'refused', code: 'DISABLED_PROFILE', reason: 'locked' };
    expect(await signIn('canary-password')).toEqual({ status: 403, records: [{ ...who(), ...unread, ...locked }] });
  });

  test('of nobody', async () => {
    const form = { tenantName: 'default', username: 'canary', password: 'canary' };
    const { records } = await trailOf('POST', '/authentication/authenticate', { form });
    const bad = { operation, outcome: 'refused', code: 'BAD_CREDENTIALS', reason: 'badCredentials' };
    expect(records).toEqual([{ ...who(), tenant: 'default', user: hash('user', 'default', 'canary'), ...bad }]);
  });

  test('to a disabled profile', async () => {
    await api.seedProfile({ id, username: 'canary.name', enabled: false, password: 'canary-password' });
    const { records } = await signIn('canary-password');
    expect(records).toMatchObject([{ outcome: 'refused', code: 'DISABLED_PROFILE', reason: 'disabledProfile' }]);
  });
});

test('an update names its fields and attributes, and a rename the name before and after as hashes', async () => {
  const form = { username: 'canary.new', password: 'canary', attributes: '{"firstName":"canary","lastName":"canary"}' };
  const { records } = await trailOf('POST', `/profile/${id}/update`, { form });
  expect(records).toEqual([
    {
      ...who(),
      ...whom(),
      operation: 'updateProfile',
      outcome: 'done',
      newUser: hash('user', 'default', 'canary.new'),
      fields: ['password', 'username'],
      attributes: ['firstName', 'lastName'],
    },
  ]);
});

test('a change of a tenant names what became another', async () => {
  const json = [{ name: 'firstName', metadata: { label: 'canary' } }, { name: 'lastName' }];
  const path = '/tenant/default/attribute_definitions/update';
  const permissions = [{ application: '*', allowedActions: ['*'] }];
  const { records } = await trailOf('POST', path, { json: json.map((one) => ({ ...one, permissions })) });
  expect(records).toEqual([
    {
      ...who(),
      tenant: 'default',
      operation: 'updateAttributeDefinitions',
      outcome: 'done',
      fields: ['attributeDefinitions'],
      attributes: ['firstName'],
    },
  ]);
});

test('an access token is known by its hash, when it is made as when it is used and deleted', async () => {
  const about = { accessToken: hash('access token', 'canary-other'), outcome: 'done', fields: ['accessToken'] };
  const made = await trailOf('POST', '/access_token/create', { json: { id: 'canary-other', application: 'shop' } });
  expect(made.records).toEqual([{ ...who(), ...about, operation: 'createAccessToken' }]);
  const used = await trailOf('GET', '/tenant/all', { query: { accessTokenId: 'canary-other' } });
  expect(used.records).toMatchObject([{ outcome: 'refused', caller: about.accessToken }]);
  const deleted = await trailOf('POST', '/access_token/canary-other/delete', {});
  expect(deleted.records).toEqual([{ ...who(), ...about, operation: 'deleteAccessToken' }]);
});

describe('a call that ends in a 500', () => {
  const change = () => trailOf('POST', `/profile/${id}/attributes/update`, { json: { firstName: 'canary' } });
  const operation = 'updateProfileAttributes';
  const lost = () => Object.assign(new Error('canary'), { name: 'TimeoutError' });

  test('has failed where nothing can have been stored', async () => {
    const refused = { name: 'ValidationException', $fault: 'client', message: 'canary' } as const;
    store.failNext(
      'UpdateItem',
      () => new DynamoDBServiceException({ ...refused, $metadata: { httpStatusCode: 400 } }),
    );
    const failed = { ...who(), ...whom(), operation, outcome: 'failed', attributes: ['firstName'] };
    expect(await change()).toEqual({ status: 500, records: [failed] });
  });

  test('is not known to have failed where no answer came', async () => {
    store.failNext('UpdateItem', lost, 4);
    const unknown = { ...who(), ...whom(), operation, outcome: 'not known', attributes: ['firstName'] };
    expect(await change()).toEqual({ status: 500, records: [unknown] });
  });

  test('is done where only the first answer was lost', async () => {
    store.failNext('UpdateItem', 'lostAnswer');
    const done = { ...who(), ...whom(), operation, outcome: 'done', attributes: ['firstName'] };
    expect(await change()).toEqual({ status: 200, records: [done] });
  });
});

test('a change whose hashes have no key is recorded without them', async () => {
  const key = await findAuditKey();
  keepAuditKey(undefined);
  const { records } = await trailOf('POST', `/profile/${id}/disable`, {});
  keepAuditKey(key);
  const { caller: _, ...anybody } = who();
  expect(records).toEqual([
    {
      ...anybody,
      tenant: 'default',
      profileId: id,
      operation: 'disableProfile',
      outcome: 'done',
      fields: ['enabled'],
      hashes: 'none: the key is not known',
    },
  ]);
});

test('what is no id of a profile is not in a record', async () => {
  const request = { query: { accessTokenId: 'canary' } };
  const { records } = await trailOf('POST', '/profile/canary/delete', request);
  expect(records).toEqual([
    {
      audit: 1,
      caller: hash('access token', 'canary'),
      operation: 'deleteProfile',
      outcome: 'refused',
      code: 'NO_SUCH_ACCESS_TOKEN_ID',
      reason: 'unknownAccessToken',
    },
  ]);
});
