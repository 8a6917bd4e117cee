import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { asApp } from '../support/as-app.ts';
import { type Faults, installFaults, transactionConflict } from '../support/faults.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { seedVerificationToken } from '../support/sessions.ts';

let api: LocalApi;
let store: Faults;
const accessTokenId = 'app-token';

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  await api.seedAccessToken({ id: accessTokenId });
  await api.seedTenant();
});
afterAll(() => api.stop());
beforeEach(() => {
  store = installFaults();
  api.mails.length = 0;
});
afterEach(() => store.uninstall());

const internal = { errorCode: 'OTHER', message: 'Internal server error' };
/** The SDK does not repeat it. */
const broken = () => Object.assign(new Error('The store is broken'), { name: 'InternalServerError', $fault: 'server' });
const { post, signIn } = asApp(() => api);
const resetPasswordUrl = 'https://app.example.com/';

test('where mail and store fail together, a reset is a 500, and the next try works', async () => {
  const { id } = await api.seedProfile();
  api.mailbox.failNext('refused');
  store.failNext('DeleteItem', broken);
  const { status, body } = await post(`/profile/${id}/reset_password`, { resetPasswordUrl });
  expect([status, body, api.mails]).toEqual([500, internal, []]);
  expect((await post(`/profile/${id}/reset_password`, { resetPasswordUrl })).status).toBe(200);
});

test('without a token no reset mail is sent', async () => {
  const { id } = await api.seedProfile();
  store.failNext('PutItem', broken);
  const { status, body } = await post(`/profile/${id}/reset_password`, { resetPasswordUrl });
  expect([status, body, api.mails]).toEqual([500, internal, []]);
});

test('a sign-in whose batch comes in parts succeeds', async () => {
  await api.seedProfile({ username: 'parts', password: 'right' });
  store.cutNext('BatchGetItem', 1, 2);
  expect(await signIn('parts', 'right')).toBe(200);
});

test('a failure that cannot be counted lets nobody in', async () => {
  await api.seedProfile({ username: 'uncounted', password: 'right' });
  store.failNext('UpdateItem', broken);
  expect([await signIn('uncounted', 'wrong'), await signIn('uncounted', 'right')]).toEqual([500, 200]);
});

test.each(['ThrottlingError', 'ProvisionedThroughputExceeded'])(
  'a transaction cancelled by %s is tried again',
  async (Code) => {
    const { id } = await api.seedProfile({ username: `before ${Code}` });
    const cancelled = () =>
      new TransactionCanceledException({
        message: 'Cancelled',
        $metadata: { httpStatusCode: 400 },
        CancellationReasons: [{ Code: 'None' }, { Code }],
      });
    store.failNext('TransactWriteItems', cancelled, 2);
    expect((await post(`/profile/${id}/update`, { username: `after ${Code}` })).status).toBe(200);
  },
);

test('conflicts pass by, however many, while there is time', async () => {
  const profile = await api.seedProfile({ username: 'contended', password: 'old' });
  const { id } = await seedVerificationToken(profile);
  store.calls.length = 0;
  store.failNext('TransactWriteItems', () => transactionConflict(1), 12);
  const form = { resetTokenId: id, newPassword: 'new' };
  expect((await post('/profile/change_password', form)).status).toBe(200);
  expect(store.calls.filter(({ operation }) => operation === 'TransactWriteItems')).toHaveLength(13);
});

test('conflicts without end are a 500 once the time is up, and nothing is changed', async () => {
  const profile = await api.seedProfile({ username: 'stuck' });
  const { id } = await seedVerificationToken(profile);
  const time = jest.spyOn(Date, 'now');
  store.failNext('TransactWriteItems', () => {
    time.mockImplementation(() => performance.timeOrigin + performance.now() + 26_000);
    return transactionConflict(1);
  });
  const form = { resetTokenId: id, newPassword: 'new' };
  const { status, body } = await post('/profile/change_password', form);
  time.mockRestore();
  expect([status, body]).toEqual([500, internal]);
  expect((await post('/profile/change_password', form)).status).toBe(200);
});

test('a password whose every answer is lost is set once, and its token is used up', async () => {
  const profile = await api.seedProfile({ username: 'silent', password: 'old', credentialEpoch: 5 });
  const { id } = await seedVerificationToken(profile);
  store.failNext('TransactWriteItems', 'lostAnswer', 4);
  const form = { resetTokenId: id, newPassword: 'new' };
  expect((await post('/profile/change_password', form)).body).toEqual(internal);
  expect((await post('/profile/change_password', form)).body.errorCode).toBe('NO_SUCH_VERIFICATION_TOKEN');
  expect([await signIn('silent', 'old'), await signIn('silent', 'new')]).toEqual([401, 200]);
});

test('a deletion cut short is seen as done, and the next call completes it', async () => {
  const { id } = await api.seedProfile({ username: 'half', password: 'right' });
  store.failNext('Query', broken);
  expect((await post(`/profile/${id}/delete`)).body).toEqual(internal);
  const read = await api.request('GET', `/profile/${id}`, { query: { accessTokenId } });
  expect([read.status, await signIn('half', 'right')]).toEqual([404, 401]);
  expect((await post(`/profile/${id}/delete`)).status).toBe(200);
  expect((await api.items('profiles')).filter(({ pk }) => pk === `PROFILE#${id}`)).toEqual([]);
});
