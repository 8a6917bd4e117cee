import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;
const accessTokenId = 'app-token';

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
  await api.seedTenant({ name: 'careful', verifyNewProfiles: true });
  await api.seedTenant({ name: 'open' });
});
afterAll(() => api.stop());
beforeEach(() => {
  api.mails.length = 0;
});

let count = 0;
const create = (form: Record<string, string> = {}) =>
  api.request('POST', '/profile/create', {
    form: {
      accessTokenId,
      tenantName: 'careful',
      username: `user${++count}`,
      email: 'mara@example.org',
      enabled: 'true',
      verificationUrl: 'https://app.example.com/confirm?a=1',
      ...form,
    },
  });
const verify = (verificationTokenId: string | undefined) =>
  api.request('POST', '/profile/verify', { form: { accessTokenId, verificationTokenId: verificationTokenId ?? '' } });
const tokenOf = (html = '') => /tokenId=([0-9a-f-]{36})">/.exec(html)?.[1];

test('where the tenant verifies, the profile stays closed and a link is mailed', async () => {
  const { status, body } = await create();
  expect([status, body.enabled, body.verified]).toEqual([200, false, false]);
  expect(api.mails).toEqual([
    {
      from: 'noreply@example.com',
      to: 'mara@example.org',
      subject: 'Verify Account',
      html: expect.any(String),
      contentType: 'text/html; charset="UTF-8"',
    },
  ]);
  const id = tokenOf(api.mails[0]?.html);
  const link = `https://app.example.com/confirm?a=1&tokenId=${id}`;
  expect(api.mails[0]?.html).toContain(`<a id="verificationLink" href="${link}">${link}</a>`);
  const verified = await verify(id);
  expect(verified.status).toBe(200);
  expect(verified.body).toEqual({ ...body, enabled: true, verified: true, lastModified: expect.any(Number) });
});

test('the mailed token sets no password, and serves to verify afterwards', async () => {
  await create();
  const id = tokenOf(api.mails[0]?.html) ?? '';
  const { status, body } = await api.request('POST', '/profile/change_password', {
    form: { accessTokenId, resetTokenId: id, newPassword: 'new' },
  });
  expect(status).toBe(404);
  expect(body).toEqual({
    errorCode: 'NO_SUCH_VERIFICATION_TOKEN',
    message: `No verification token found for ID "${id}"`,
  });
  expect((await verify(id)).status).toBe(200);
});

test.each([
  ['the tenant does not verify', { tenantName: 'open' }],
  ['no page for the link is given', { verificationUrl: '' }],
])('where %s, the profile is open and no mail is sent', async (_, form) => {
  const { status, body } = await create(form);
  expect([status, body.enabled, body.verified]).toEqual([200, true, false]);
  expect(api.mails).toEqual([]);
});

test('a link is not looked at where no mail is sent', async () => {
  expect((await create({ tenantName: 'open', verificationUrl: 'javascript:alert(1)' })).status).toBe(200);
});

test.each(['javascript:alert(1)', 'https://u:p@app.example.com/', '/confirm'])(
  '400 for the link %s',
  async (verificationUrl) => {
    const { status, body } = await create({ verificationUrl, username: 'refused' });
    expect([status, body.errorCode]).toEqual([400, 'OTHER']);
    expect(api.mails).toEqual([]);
    const query = { accessTokenId, tenantName: 'careful', username: 'refused' };
    expect((await api.request('GET', '/profile/by_username', { query })).status).toBe(404);
  },
);

test('the domain is mailed to as SES takes it', async () => {
  const { body } = await create({ email: 'mara@exämple.org' });
  expect(body.email).toBe('mara@exämple.org');
  expect(api.mails.map(({ to }) => to)).toEqual(['mara@xn--exmple-cua.org']);
});

test.each(['refused', 'broken'] as const)('a mail that is %s fails nothing: the profile is there', async (failure) => {
  api.mailbox.failNext(failure, 3);
  const { status, body } = await create();
  expect([status, body.enabled]).toEqual([200, false]);
  expect(api.mails).toEqual([]);
  const { body: token } = await api.request('POST', `/profile/${body.id}/verification_token/create`, {
    form: { accessTokenId },
  });
  expect((await verify(token.id)).body.enabled).toBe(true);
});

test.each(['a@b_c.d', 'jö@example.org', '"a@b"@c.d'])('400 for the address %s, and nothing is made', async (email) => {
  const { status, body } = await create({ email, username: 'unmailable' });
  expect([status, body.errorCode, api.mails]).toEqual([400, 'INVALID_EMAIL_ADDRESS', []]);
  const query = { accessTokenId, tenantName: 'careful', username: 'unmailable' };
  expect((await api.request('GET', '/profile/by_username', { query })).status).toBe(404);
  expect((await create({ email, username: `open ${email}`, tenantName: 'open' })).status).toBe(200);
});
