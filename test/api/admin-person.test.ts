import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { JsonText } from '../../functions/shared/domain/values/json-text.ts';
import { listRefusedMails } from '../../functions/shared/repositories/refused-mails.ts';
import { UsageError } from '../../lib/usage-error.ts';
import { formOf, png, pngMd5 } from '../support/attachments.ts';
import { captureOutput } from '../support/captured-output.ts';
import { everything } from '../support/everything.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { type Operator, operatorHere } from '../support/operator.ts';
import { seedPersistentLogin, seedTicket, seedVerificationToken } from '../support/sessions.ts';

const accessTokenId = 'app-token';
const byName = ['--tenant', 'shop', '--username', 'mara'];
let api: LocalApi;
let operator: Operator;

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  operator = operatorHere();
});
afterAll(async () => {
  operator.stop();
  await api.stop();
});
beforeEach(async () => {
  for (const table of ['profiles', 'tokens', 'tickets'] as const) await api.clear(table);
  api.mails.length = 0;
  await api.seedAccessToken({ id: accessTokenId });
  await api.seedTenant({ name: 'shop', availableRoles: ['BUYER'], verifyNewProfiles: true });
});

describe('export', () => {
  async function aPerson() {
    const profile = await api.seedProfile({
      id: '5b00000000000000000000aa',
      tenant: 'shop',
      username: 'mara',
      email: 'mara@example.org',
      password: 'pearl',
      enabled: true,
      verified: true,
      roles: ['BUYER'],
      createdAtMs: 1_700_000_000_000,
      lastModifiedMs: 1_700_000_000_000,
      attributes: new Map([['points', new JsonText('{"exact":12345678901234567890}')]]),
      credentials: { failedLoginAttempts: 2, lastFailedLoginMs: 1_700_000_000_000 },
    });
    const sessions = [
      await seedTicket(profile, { lastRequestTimeMs: 1_700_000_003_000 }),
      await seedPersistentLogin(profile, { timestampMs: 1_700_000_001_000 }),
      await seedVerificationToken(profile, { timestampMs: 1_700_000_002_000 }),
    ];
    const upload = formOf({ fileName: 'a:face.png', bytes: png }, { accessTokenId });
    await api.request('POST', `/profile/${profile.id}/uploadAttachment`, { query: { accessTokenId }, ...upload });
    return { profile, secrets: sessions.map(({ id }) => id) };
  }

  test('shows everything that is held, readable, and no secret', async () => {
    const { profile, secrets } = await aPerson();
    const [json = ''] = await operator.run('person', 'export', ...byName);
    expect(JSON.parse(json)).toEqual({
      exported: expect.any(String),
      profile: {
        id: profile.id,
        tenant: 'shop',
        username: 'mara',
        email: 'mara@example.org',
        verified: true,
        enabled: true,
        created: '2023-11-14T22:13:20.000Z',
        lastModified: '2023-11-14T22:13:20.000Z',
        roles: ['BUYER'],
        attributes: { points: { exact: expect.any(Number) } },
      },
      password: { isSet: true, failedSignIns: 2, lastFailedSignIn: '2023-11-14T22:13:20.000Z' },
      sessions: [
        { kind: 'persistentLogin', made: '2023-11-14T22:13:21.000Z', expires: '2023-11-29T22:13:21.000Z' },
        {
          kind: 'verificationToken',
          made: '2023-11-14T22:13:22.000Z',
          expires: '2023-11-15T22:13:22.000Z',
          purposes: ['changePassword', 'verify'],
        },
        { kind: 'ticket', lastUsed: '2023-11-14T22:13:23.000Z', expires: '2023-11-14T22:28:23.000Z' },
      ],
      attachments: [
        { id: expect.any(String), fileName: 'a:face', contentType: 'image/png', sizeBytes: png.length, md5: pngMd5 },
      ],
    });
    expect(json).toContain('"exact": 12345678901234567890\n');
    const stored = (await everything(api)).match(/\$argon2[^"]*|objectKey":"[^"]*/g) ?? [];
    expect(stored).toHaveLength(2);
    const hidden = [...secrets, ...stored.map((one) => one.replace('objectKey":"', ''))];
    expect(hidden.filter((secret) => json.includes(secret))).toEqual([]);
  });

  test('goes into a new file that nobody else may read, and the images into a folder', async () => {
    const { profile } = await aPerson();
    const [file, images] = [join(operator.directory, 'mara.json'), join(operator.directory, 'images')];
    const args = ['person', 'export', '--profile', profile.id, '--output', file];
    expect(await operator.run(...args, '--attachments', images)).toEqual([]);
    expect(operator.notes()).toEqual([`Written to ${file}.`, `Images written to ${images}: 1.`]);
    expect(JSON.parse(readFileSync(file, 'utf8')).profile.username).toBe('mara');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(images)).toEqual(['a_face.png']);
    expect(readFileSync(join(images, 'a_face.png'))).toEqual(png);
    await expect(operator.run(...args)).rejects.toThrow(UsageError);
  });

  test('of nobody says so', async () => {
    await expect(operator.run('person', 'export', ...byName)).rejects.toThrow(
      'There is no user "mara" of tenant "shop"',
    );
    const id = '5b00000000000000000000ab';
    await expect(operator.run('person', 'export', '--profile', id)).rejects.toThrow(`There is no profile ${id}`);
  });
});

describe('resend', () => {
  const url = 'https://app.example.com/confirm';
  const resend = (...args: readonly string[]) => operator.run('person', 'resend', ...args);
  const create = (email: string) =>
    api.request('POST', '/profile/create', {
      form: { accessTokenId, tenantName: 'shop', username: 'mara', email, enabled: 'true', verificationUrl: url },
    });

  test('sends the mail again, whose link opens the account', async () => {
    const { body } = await create('mara@example.org');
    api.mails.length = 0;
    expect(await resend(...byName, '--url', url)).toEqual([
      expect.stringMatching(
        `^The mail is sent from noreply@example.com to the address of profile ${body.id}. Its link is good until `,
      ),
      'It opens the account, also where somebody has disabled that since it was made.',
    ]);
    expect(api.mails).toEqual([expect.objectContaining({ to: 'mara@example.org', subject: 'Verify Account' })]);
    const [, id = ''] = /confirm\?tokenId=([0-9a-f-]{36})">/.exec(api.mails[0]?.html ?? '') ?? [];
    const verified = await api.request('POST', '/profile/verify', { form: { accessTokenId, verificationTokenId: id } });
    expect(verified.body).toMatchObject({ id: body.id, enabled: true, verified: true });
    await expect(resend(...byName, '--url', url)).rejects.toThrow('The address is confirmed already');
  });

  test('of a profile whose first mail SES has refused, and tells why where it refuses again', async () => {
    const output = captureOutput();
    api.mailbox.failNext('refused');
    const { body } = await create('mara@example.org');
    output.release();
    expect([body.enabled, api.mails]).toEqual([false, []]);
    api.mailbox.failNext('refused');
    await expect(resend(...byName, '--url', url)).rejects.toThrow(
      'SES has not taken the mail: Email address is not verified. The following identities failed the check in region US-EAST-1: canary@example.com, Mara <the address of the profile>',
    );
    expect(await listRefusedMails()).toEqual([body.id]);
    await resend('--profile', body.id, '--url', url);
    expect(api.mails).toHaveLength(1);
    expect(await listRefusedMails()).toEqual([]);
  });

  test('refuses a page that no link may lead to', async () => {
    await create('mara@example.org');
    api.mails.length = 0;
    await expect(resend(...byName, '--url', 'app.example.com')).rejects.toThrow(
      new UsageError('--url cannot be used: The URL for the link in the mail must be an absolute http or https URL'),
    );
    expect(api.mails).toEqual([]);
  });
});
