import { verifyPassword } from '../../functions/shared/domain/sign-in/verify-password.ts';
import { asApp } from '../support/as-app.ts';
import type { Faults } from '../support/faults.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { installConflicts, overlapping, tally, timed, times, valuesOf } from '../support/races.ts';
import { PARALLEL } from '../support/thoroughness.ts';

let api: LocalApi;
let store: Faults;
const CONFLICTS = PARALLEL / 2;
const url = 'https://app.example.com/reset';

beforeAll(async () => {
  api = await startLocalApi({ env: { LINK_ALLOW_LIST: 'https://app.example.com' } });
  await api.seedAccessToken();
});
afterAll(async () => {
  store.uninstall();
  await api.stop();
});

const { post, signIn } = asApp(() => api);

test('of the tokens of many mails to one profile, used at once, one sets the password', async () => {
  const { id } = await api.seedProfile({ username: 'mara', password: 'old', credentialEpoch: 5 });
  const mailing = await times(PARALLEL, () =>
    timed(() => post(`/profile/${id}/reset_password`, { resetPasswordUrl: url })),
  );
  expect(tally(valuesOf(mailing))).toEqual({ 200: PARALLEL });
  const tokens = api.mails.map(({ html }) => /tokenId=([0-9a-f-]{36})">/.exec(html)?.[1] ?? '');
  expect(new Set(tokens).size).toBe(PARALLEL);

  store = installConflicts(CONFLICTS);
  const changes = await times(PARALLEL, (index) =>
    timed(() =>
      post('/profile/change_password', { resetTokenId: tokens[index] ?? '', newPassword: `password ${index}` }),
    ),
  );
  expect(tally(valuesOf(changes))).toEqual({ 200: 1, '404 NO_SUCH_VERIFICATION_TOKEN': PARALLEL - 1 });
  const winner = changes.findIndex(({ value }) => value.status === 200);
  const others = changes.filter((_, index) => index !== winner);
  expect(overlapping(others, changes.slice(winner, winner + 1))).toBe(PARALLEL - 1);
  expect(store.injected()).toBe(CONFLICTS);
  for (const [index, { value }] of changes.entries())
    if (index !== winner)
      expect(value.body).toEqual({
        errorCode: 'NO_SUCH_VERIFICATION_TOKEN',
        message: expect.stringContaining(tokens[index] ?? '?'),
      });
  store.reset();

  const items = (await api.items('profiles')).filter(({ pk }) => pk === `PROFILE#${id}`);
  expect(items.map(({ credentialEpoch }) => credentialEpoch)).toEqual([6, 6]);
  const hash = String(items.find(({ sk }) => sk === 'CREDENTIALS')?.passwordHash);
  const matching: string[] = [];
  for (const password of ['old', ...tokens.map((_, index) => `password ${index}`)])
    if (await verifyPassword(password, hash)) matching.push(password);
  expect(matching).toEqual([`password ${winner}`]);
  expect([await signIn('mara', `password ${winner}`), await signIn('mara', 'old')]).toEqual([200, 401]);
});
