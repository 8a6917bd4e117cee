import { noteRefusedMail } from '../../../functions/shared/repositories/refused-mails.ts';
import { asApp } from '../../support/as-app.ts';
import { type Faults, installFaults } from '../../support/faults.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { findOrphans } from '../../support/orphans.ts';
import { sweepAll } from '../../support/sweeping.ts';

let api: LocalApi;
let faults: Faults;
const { post, readProfile } = asApp(() => api);

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  await api.seedAccessToken();
  await api.seedTenant({ name: 'careful', verifyNewProfiles: true });
  faults = installFaults();
});
afterAll(() => {
  faults.uninstall();
  return api.stop();
});

/** Ids of the profiles that are noted. */
const noted = async () => (await api.items('profiles')).filter(({ pk }) => pk === 'MAIL_REFUSED').map(({ sk }) => sk);

let count = 0;
const create = (tenantName = 'careful') =>
  post('/profile/create', {
    tenantName,
    username: `user${++count}`,
    email: 'mara@example.org',
    enabled: 'true',
    verificationUrl: 'https://app.example.com/confirm',
  });

test.each(['refused', 'broken', 'silent'] as const)(
  'a new profile whose mail is %s is noted, and shows nothing of it',
  async (failure) => {
    api.mailbox.failNext(failure, failure === 'refused' ? 1 : 3);
    const { status, body } = await create();
    expect(status).toBe(200);
    expect(await noted()).toContain(body.id);
    expect(await readProfile(body.id)).toEqual(body);
  },
);

test('one whose mail goes out is not, for no call more', async () => {
  faults.calls.length = 0;
  const { body } = await create();
  expect(await noted()).not.toContain(body.id);
  expect(faults.calls.map(({ operation }) => operation)).not.toContain('UpdateItem');
  expect(faults.calls.filter(({ operation }) => operation === 'TransactWriteItems')).toHaveLength(1);
});

test('where it cannot be noted, the profile is there all the same', async () => {
  api.mailbox.failNext('refused');
  faults.wrapNext('TransactWriteItems', async (call) => {
    const made = await call();
    faults.failNext('TransactWriteItems', () => new Error('unreachable'), 3);
    return made;
  });
  const { status, body } = await create();
  faults.reset();
  expect([status, await noted()]).toEqual([200, expect.not.arrayContaining([body.id])]);
  expect((await readProfile(body.id)).enabled).toBe(false);
});

test('the note goes with its profile', async () => {
  api.mailbox.failNext('refused');
  const { body } = await create();
  expect((await post(`/profile/${body.id}/delete`)).status).toBe(200);
  expect(await noted()).not.toContain(body.id);
});

test('the note goes with its tenant', async () => {
  await api.seedTenant({ name: 'passing', verifyNewProfiles: true });
  api.mailbox.failNext('refused');
  const { body } = await create('passing');
  expect(await noted()).toContain(body.id);
  await post('/tenant/passing/delete');
  await sweepAll();
  expect(await noted()).not.toContain(body.id);
});

test('a deletion that came before the note leaves none', async () => {
  const { body } = await create();
  await post(`/profile/${body.id}/delete`);
  await noteRefusedMail(body, 1);
  expect(await findOrphans(api)).toEqual([]);
});
