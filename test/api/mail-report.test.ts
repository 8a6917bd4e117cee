import { type CapturedOutput, captureOutput } from '../support/captured-output.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
const accessTokenId = 'app-token';
let output: CapturedOutput;

beforeAll(async () => {
  api = await startLocalApi({ env: { POWERTOOLS_LOG_LEVEL: 'ERROR', STAGE: 'dev' } });
  await api.seedAccessToken({ id: accessTokenId });
  await api.seedTenant({ name: 'careful', verifyNewProfiles: true });
  output = captureOutput();
});
afterAll(async () => {
  output.release();
  await api.stop();
});

test('where SES refuses the mail of a new profile, the log says why and of which request, without an address', async () => {
  api.mailbox.failNext('refused');
  const form = { accessTokenId, tenantName: 'careful', username: 'mara', email: 'mara@example.org', enabled: 'true' };
  const verificationUrl = 'https://app.example.com/confirm';
  const { status } = await api.request('POST', '/profile/create', { form: { ...form, verificationUrl } });
  expect(status).toBe(200);
  expect(output.records()).toEqual([
    expect.objectContaining({ MailFailed: 1, stage: 'dev' }),
    expect.objectContaining({
      operation: 'createProfile',
      requestId: expect.stringMatching(/^[\w-]{36}$/),
      error: expect.objectContaining({
        name: 'MessageRejected',
        httpStatusCode: 400,
        reason: 'Email address is not verified. The following identities failed the check in region US-EAST-1',
      }),
      message: 'Mail was not accepted',
    }),
  ]);
  expect(output.text()).not.toMatch(/mara|canary|@example/);
});
