import { asApp } from '../../support/as-app.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { seedVerificationToken } from '../../support/sessions.ts';

let api: LocalApi;
let count = 0;

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken();
  await api.seedTenant({ verifyNewProfiles: true });
});
afterAll(() => api.stop());
beforeEach(() => {
  api.mails.length = 0;
});

const { post } = asApp(() => api);
const mailedToken = () => /tokenId=([0-9a-f-]+)/.exec(api.mails.at(-1)?.html ?? '')?.[1] ?? '';
const update = (id: string, email: string) => post(`/profile/${id}/update`, { email });
const absent = [404, 'NO_SUCH_VERIFICATION_TOKEN'];

/** A way in which a token is mailed, and the call that it serves. */
const ways = [
  {
    way: 'the link that asks a new user to verify',
    mail: async () => {
      const form = {
        tenantName: 'default',
        username: `new${++count}`,
        email: 'a@example.org',
        enabled: 'true',
        verificationUrl: 'https://app.example.com/',
      };
      const { body } = await post('/profile/create', form);
      return { id: String(body.id), token: mailedToken() };
    },
    redeem: (token: string) => post('/profile/verify', { verificationTokenId: token }),
  },
  {
    way: 'the link to a new password',
    mail: async () => {
      const { id } = await api.seedProfile({ email: 'a@example.org' });
      await post(`/profile/${id}/reset_password`, { resetPasswordUrl: 'https://app.example.com/' });
      return { id, token: mailedToken() };
    },
    redeem: (token: string) => post('/profile/change_password', { resetTokenId: token, newPassword: 'new' }),
  },
];

describe.each(ways)('$way', ({ mail, redeem }) => {
  const outcome = async (token: string) => {
    const { status, body } = await redeem(token);
    return [status, body.errorCode];
  };

  test('dies with another address, and with it for good', async () => {
    const { id, token } = await mail();
    await update(id, 'b@example.org');
    expect(await outcome(token)).toEqual(absent);
    await update(id, 'a@example.org');
    expect(await outcome(token)).toEqual(absent);
  });

  test('lives on where the address is sent back, or only its letter case is another', async () => {
    const { id, token } = await mail();
    await update(id, 'a@example.org');
    await update(id, 'A@Example.org');
    expect((await redeem(token)).status).toBe(200);
  });

  test('of one sent beside a change of the address, none works after it', async () => {
    const { id, token } = await mail();
    const [, redeemed] = await Promise.all([update(id, 'b@example.org'), redeem(token)]);
    const again = await outcome(token);
    expect([200, 404]).toContain(redeemed.status);
    expect(again).toEqual(absent);
  });
});

test('a token that an application was handed follows no address', async () => {
  const profile = await api.seedProfile({ email: 'a@example.org' });
  const { id } = await seedVerificationToken(profile);
  await update(profile.id, 'b@example.org');
  expect((await post('/profile/verify', { verificationTokenId: id })).status).toBe(200);
});

test('a profile from before the epoch is changed and verified as any other', async () => {
  const profile = await api.seedProfile({ email: 'a@example.org' });
  const before = (await api.items('profiles')).find(({ pk, sk }) => pk === `PROFILE#${profile.id}` && sk === 'PROFILE');
  const { emailEpoch: _, ...item } = before ?? {};
  await api.put('profiles', [item]);
  await post(`/profile/${profile.id}/reset_password`, { resetPasswordUrl: 'https://app.example.com/' });
  const token = mailedToken();
  const form = { resetTokenId: token, newPassword: 'new' };
  expect((await post('/profile/change_password', form)).status).toBe(200);
  await post(`/profile/${profile.id}/reset_password`, { resetPasswordUrl: 'https://app.example.com/' });
  const second = mailedToken();
  await update(profile.id, 'b@example.org');
  expect((await post('/profile/change_password', { ...form, resetTokenId: second })).status).toBe(404);
});

test('of fifty addresses given at once, every one is taken, and one holds', async () => {
  const { id } = await api.seedProfile({ email: 'a@example.org' });
  const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => update(id, `a${index}@example.org`)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
});
