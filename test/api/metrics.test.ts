import { type CapturedOutput, captureOutput } from '../support/captured-output.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
let output: CapturedOutput;
const accessTokenId = 'app-token';

beforeAll(async () => {
  api = await startLocalApi({ env: { STAGE: 'dev' } });
  await api.seedAccessToken({ id: accessTokenId });
});
afterAll(() => api.stop());
beforeEach(() => {
  output = captureOutput();
});
afterEach(() => output.release());

/** What has been counted since the test began. */
const counted = () => output.records().map(({ _aws, stage, ...values }) => ({ [stage]: values }));

const resetPassword = (id: string) =>
  api.request('POST', `/profile/${id}/reset_password`, {
    form: { accessTokenId, resetPasswordUrl: 'https://app.example.com/reset' },
  });

test('a mail with a reset link is counted when SES has taken it', async () => {
  const { id } = await api.seedProfile({ username: 'mara' });
  expect((await resetPassword(id)).status).toBe(200);
  expect(counted()).toEqual([{ dev: { MailSent: 1 } }, { dev: { ResetAsked: 1 } }]);
});

test.each(['refused', 'broken', 'silent'] as const)(
  'a mail that is %s is counted once, after all tries',
  async (failure) => {
    const { id } = await api.seedProfile({ username: failure });
    api.mailbox.failNext(failure, failure === 'refused' ? 1 : 3);
    expect((await resetPassword(id)).status).toBe(500);
    expect(counted()).toEqual([{ dev: { MailFailed: 1 } }]);
  },
);

test('a password that is set with the link is counted', async () => {
  const { id } = await api.seedProfile({ username: 'nora' });
  await resetPassword(id);
  const [, resetTokenId = ''] = /tokenId=([0-9a-f-]{36})/.exec(api.mails.at(-1)?.html ?? '') ?? [];
  const change = { accessTokenId, resetTokenId, newPassword: 'new' };
  expect((await api.request('POST', '/profile/change_password', { form: change })).status).toBe(200);
  expect((await api.request('POST', '/profile/change_password', { form: change })).status).toBe(404);
  expect(counted().slice(2)).toEqual([{ dev: { ResetDone: 1 } }]);
});

const signIn = async (username: string, password: string) => {
  const form = { accessTokenId, tenantName: 'default', username, password };
  return (await api.request('POST', '/authentication/authenticate', { form })).status;
};

test('sign-ins are counted: good ones, and bad ones whether there is such a user or not', async () => {
  await api.seedProfile({ username: 'otto', password: 'right' });
  await api.seedProfile({ username: 'off', password: 'right', enabled: false });
  expect([await signIn('otto', 'right'), await signIn('otto', 'wrong')]).toEqual([200, 401]);
  expect([await signIn('nobody', 'wrong'), await signIn('off', 'right')]).toEqual([401, 403]);
  const bad = { dev: { SignInBad: 1 } };
  expect(counted()).toEqual([{ dev: { SignInGood: 1 } }, bad, bad, bad]);
});

test('a sign-in to a locked profile is counted as that', async () => {
  const credentials = { failedLoginAttempts: 10, lastFailedLoginMs: Date.now() };
  await api.seedProfile({ username: 'locked', password: 'right', credentials });
  expect(await signIn('locked', 'right')).toBe(403);
  expect(counted()).toEqual([{ dev: { SignInLocked: 1 } }]);
});

test('a caller whose access token is refused is no sign-in', async () => {
  const form = { accessTokenId: 'none', tenantName: 'default', username: 'otto', password: 'right' };
  expect((await api.request('POST', '/authentication/authenticate', { form })).status).toBe(403);
  expect(counted()).toEqual([]);
});
