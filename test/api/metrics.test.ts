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
  expect(counted()).toEqual([{ dev: { MailSent: 1 } }]);
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
