import { asApp } from '../../support/as-app.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;
const accessTokenId = 'app-token';
const url = 'https://app.example.com/reset';

beforeAll(async () => {
  api = await startLocalApi({ env: { LINK_ALLOW_LIST: 'https://app.example.com, https://other.example.com' } });
  await api.seedAccessToken({ id: accessTokenId });
});
afterAll(() => api.stop());
beforeEach(() => {
  api.mails.length = 0;
});

const reset = (id: string, resetPasswordUrl = url) =>
  api.request('POST', `/profile/${id}/reset_password`, { form: { accessTokenId, resetPasswordUrl } });
const { readProfile } = asApp(() => api);
const tokens = async () => (await api.items('tokens')).filter(({ pk }) => pk !== 'ACCESS_TOKEN');
const mailedToken = () => /tokenId=([0-9a-f-]{36})">/.exec(api.mails.at(-1)?.html ?? '')?.[1] ?? '';

test('a link is mailed, the profile stays as it is, closed and unverified ones too', async () => {
  const { id } = await api.seedProfile({ username: 'mara', password: 'old', enabled: false });
  const before = await readProfile(id);
  const { status, headers, body } = await reset(id);
  expect([status, headers.get('location'), body]).toEqual([200, null, before]);
  expect(await readProfile(id)).toEqual(before);
  expect(api.mails).toEqual([
    {
      from: 'noreply@example.com',
      to: 'mara@example.com',
      subject: 'Reset Password',
      contentType: 'text/html; charset="UTF-8"',
      html: expect.any(String),
    },
  ]);
  const link = `${url}?tokenId=${mailedToken()}`;
  expect(api.mails[0]?.html).toContain(`<a id="verificationLink" href="${link}">${link}</a>`);
});

test('the mailed token sets a password once, and verifies nothing', async () => {
  const { id } = await api.seedProfile();
  await reset(id);
  const token = mailedToken();
  const verify = await api.request('POST', '/profile/verify', { form: { accessTokenId, verificationTokenId: token } });
  expect([verify.status, verify.body.errorCode]).toEqual([404, 'NO_SUCH_VERIFICATION_TOKEN']);
  const form = { accessTokenId, resetTokenId: token, newPassword: 'new' };
  const statuses = [];
  for (const _ of [1, 2]) statuses.push((await api.request('POST', '/profile/change_password', { form })).status);
  expect(statuses).toEqual([200, 404]);
});

test('the mail goes to the domain in the form that SES takes', async () => {
  const { id } = await api.seedProfile({ email: 'mara@exämple.org' });
  await reset(id);
  expect(api.mails.map(({ to }) => to)).toEqual(['mara@xn--exmple-cua.org']);
});

test.each([
  'javascript:alert(1)',
  '',
  '/reset',
  'https://evil.example.com/',
  'https://app.example.com@evil.example.com/',
  'http://app.example.com/',
])('400 for the link "%s", without token and mail', async (link) => {
  const { id } = await api.seedProfile();
  const before = await tokens();
  const { status, body } = await reset(id, link);
  expect(status).toBe(400);
  expect(body).toEqual({ errorCode: 'OTHER', message: expect.stringContaining('The URL for the link in the mail') });
  expect([api.mails, await tokens()]).toEqual([[], before]);
});

test.each(['', 'jö@example.org', 'a@b_c.d', 'a@%62.c'])(
  '400 for a profile with the address "%s", without token and mail',
  async (email) => {
    const { id } = await api.seedProfile({ email });
    const before = await tokens();
    const { status, body } = await reset(id);
    expect(status).toBe(400);
    expect(body).toEqual({ errorCode: 'INVALID_EMAIL_ADDRESS', message: `"${email}" is not a valid e-mail address` });
    expect([api.mails, await tokens()]).toEqual([[], before]);
  },
);

test.each(['refused', 'broken'] as const)(
  '500 where the mail is %s; its token is gone and the next try works',
  async (failure) => {
    const { id } = await api.seedProfile();
    const before = await tokens();
    api.mailbox.failNext(failure, failure === 'broken' ? 3 : 1);
    const { status, body } = await reset(id);
    expect(status).toBe(500);
    expect(body).toEqual({ errorCode: 'OTHER', message: 'Internal server error' });
    expect(await tokens()).toEqual(before);
    expect((await reset(id)).status).toBe(200);
    expect(api.mails).toHaveLength(1);
  },
);

test('a mail of which nobody knows whether it was sent keeps its token', async () => {
  const { id } = await api.seedProfile();
  const before = (await tokens()).length;
  api.mailbox.failNext('silent', 3);
  expect((await reset(id)).status).toBe(500);
  expect(await tokens()).toHaveLength(before + 1);
});

test('so does one that SES refuses only after its answer to an earlier try was lost', async () => {
  const { id } = await api.seedProfile();
  const before = (await tokens()).length;
  api.mailbox.failNext('silent');
  api.mailbox.failNext('refused');
  expect((await reset(id)).status).toBe(500);
  expect(await tokens()).toHaveLength(before + 1);
});

test('400 for an address that SES itself does not take; its token is gone', async () => {
  const { id } = await api.seedProfile({ email: 'mara@exämple.org' });
  const before = await tokens();
  api.mailbox.failNext({ code: 'InvalidParameterValue', message: 'Domain contains illegal character' });
  const { status, body } = await reset(id);
  expect(status).toBe(400);
  expect(body).toEqual({
    errorCode: 'INVALID_EMAIL_ADDRESS',
    message: '"mara@exämple.org" is not a valid e-mail address',
  });
  expect(await tokens()).toEqual(before);
  expect((await reset(id)).status).toBe(200);
});

test('400 without a link, before the profile is looked for', async () => {
  const { status, body } = await api.request('POST', '/profile/none/reset_password', { form: { accessTokenId } });
  expect(status).toBe(400);
  expect(body).toEqual({ errorCode: 'OTHER', message: 'Parameter "resetPasswordUrl" is missing' });
});
