import { Readable } from 'node:stream';
import { findAccessToken, listAccessTokens } from '../../functions/shared/repositories/access-tokens.ts';
import { UsageError } from '../../lib/usage-error.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { type Operator, operatorHere } from '../support/operator.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const DAY = 86_400_000;

let api: LocalApi;
let operator: Operator;
beforeAll(async () => {
  api = await startLocalApi();
  operator = operatorHere();
});
afterAll(async () => {
  operator.stop();
  await api.stop();
});
beforeEach(async () => {
  jest.spyOn(Date, 'now').mockReturnValue(NOW);
  await api.clear('tokens');
});
afterEach(() => jest.restoreAllMocks());

const token = (...args: readonly string[]) => operator.run('token', ...args);
const statusFor = async (accessTokenId: string) =>
  (await api.request('GET', '/tenant/count', { query: { accessTokenId } })).status;

/** What a person types, or pipes in, while it runs. */
async function withInput<Result>(input: string, run: () => Promise<Result>): Promise<Result> {
  const original = Object.getOwnPropertyDescriptor(process, 'stdin');
  Object.defineProperty(process, 'stdin', { value: Readable.from([Buffer.from(input)]), configurable: true });
  try {
    return await run();
  } finally {
    if (original !== undefined) Object.defineProperty(process, 'stdin', original);
  }
}

test('the group alone lists its commands', async () => {
  const [help] = await token();
  for (const name of ['list', 'create', 'rotate', 'revoke', 'inspect']) expect(help).toContain(`  token ${name} `);
});

describe('create', () => {
  test('prints the id alone, and the token does what it was made for', async () => {
    await api.seedTenant({ name: 'shop' });
    const lines = await token(
      'create',
      '--application',
      'crm',
      '--tenant',
      'shop',
      '--tenant',
      'new',
      '--allow',
      'READ_TENANT',
      '--allow',
      'MANAGE_PROFILES',
      '--expires',
      '90d',
    );
    const [id = ''] = lines;
    expect(lines).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    expect(operator.notes()).toEqual([
      'The id of the new access token is shown once: keep it safe.',
      'It expires on 2026-05-30T12:00:00.000Z.',
      'There is no tenant "new" yet: the token can do nothing there until it is made.',
    ]);
    const allowedActions = ['READ_TENANT', 'MANAGE_PROFILES'];
    expect(await findAccessToken(id)).toEqual({
      id,
      application: 'crm',
      master: false,
      tenantPermissions: [
        { tenant: 'shop', allowedActions },
        { tenant: 'new', allowedActions },
      ],
      expiresOnMs: NOW + 90 * DAY,
      createdAtMs: NOW,
    });
    expect((await api.request('GET', '/tenant/shop', { query: { accessTokenId: id } })).status).toBe(200);
  });

  test('makes a master token that does not expire', async () => {
    const [id = ''] = await token('create', '--application', 'console', '--master');
    expect(await findAccessToken(id)).toMatchObject({ master: true, tenantPermissions: [], expiresOnMs: null });
    expect(operator.notes()[1]).toBe('It does not expire.');
  });
});

describe('list', () => {
  beforeEach(async () => {
    await api.seedAccessToken({ id: 'aaaa-secret-1', application: 'shop', expiresOnMs: NOW - 1 });
    await api.seedAccessToken({ id: 'tiny', application: 'red\u001b[31m', master: false, tenantPermissions: [] });
  });

  test('shows every token, and of its id four characters, or half', async () => {
    const lines = await token('list');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^id {5}application {2}master {2}expires {20,}tenants and actions$/);
    const text = lines.join('\n');
    expect(text).toMatch(/^aaaa… {2}shop .* expired 2026-03-01T11:59:59.999Z /m);
    expect(text).toMatch(/^ti… {4}red\?\[31m .* never .* none$/m);
    expect(['secret', 'tiny', '\u001b'].filter((one) => text.includes(one))).toEqual([]);
  });

  test('is one JSON document for a machine, of one application where asked', async () => {
    const [json = ''] = await token('list', '--application', 'shop', '--json');
    expect(JSON.parse(json)).toEqual({
      accessTokens: [
        {
          begins: 'aaaa',
          application: 'shop',
          master: expect.any(Boolean),
          created: expect.any(String),
          expires: '2026-03-01T11:59:59.999Z',
          expired: true,
          tenantPermissions: expect.any(Array),
        },
      ],
    });
  });

  test('says where there is none', async () => {
    await api.clear('tokens');
    expect(await token('list')).toEqual(['There is no access token.']);
  });
});

describe('revoke', () => {
  test.each(['a/bcdef', '.', '..', 'a?bcdef', 'a#bcdef', '100%', 'a\\bcdef', 'a\nbcdef', 'plain'])(
    'ends %j',
    async (id) => {
      await api.seedAccessToken({ id, application: 'crm' });
      expect(await statusFor(id)).toBe(200);
      await token('revoke', id);
      expect(await statusFor(id)).toBe(403);
    },
  );

  test('ends the one that begins so, tells what of it, and never its id', async () => {
    await api.seedAccessToken({ id: 'abcd-secret', application: 'crm' });
    await api.seedAccessToken({ id: 'abxx-secret', application: 'crm' });
    expect(await token('revoke', 'abcd')).toEqual([
      'The access token "abcd"… of application "crm" is ended. Where CACHE_SECONDS is above 0, functions may take it for as long as that from now on.',
    ]);
    expect((await listAccessTokens()).map(({ id }) => id)).toEqual(['abxx-secret']);
  });

  test('takes the whole id from standard input, so that no list of processes shows it', async () => {
    await api.seedAccessToken({ id: '-', application: 'crm' });
    await withInput('-\n', () => token('revoke', '-'));
    expect(await listAccessTokens()).toEqual([]);
  });

  test.each([
    [
      ['abcd'],
      new UsageError(
        '2 access tokens begin with "abcd": they are of application "crm", "shop": give more of the id, or --application',
      ),
    ],
    [['--application', 'crm'], new UsageError('2 access tokens are of application "crm": give more of the id')],
    [['abc'], new UsageError('"abc" is too short: give at least 4 characters of the id')],
    [['zzzz'], new Error('There is no access token that begins with "zzzz": "token list" shows those that there are')],
    [
      ['abcd', '--application', 'x'],
      new Error(
        'There is no access token that begins with "abcd" of application "x": "token list" shows those that there are',
      ),
    ],
  ])('ends none for %j', async (args, fault) => {
    await api.seedAccessToken({ id: 'abcd-secret', application: 'crm' });
    await api.seedAccessToken({ id: 'abcd-other', application: 'shop' });
    await api.seedAccessToken({ id: 'efgh-secret', application: 'crm' });
    await expect(token('revoke', ...args)).rejects.toThrow(fault);
    expect(await listAccessTokens()).toHaveLength(3);
  });
});

describe('rotate', () => {
  test('makes one that may do the same, and the old one ends after the grace', async () => {
    await api.seedAccessToken({
      id: 'abcd-secret',
      application: 'crm',
      createdAtMs: NOW - DAY,
      expiresOnMs: NOW + 2 * DAY,
    });
    const old = await findAccessToken('abcd-secret');
    const [id = ''] = await token('rotate', 'abcd', '--grace', '15m');
    expect(await findAccessToken(id)).toEqual({ ...old, id, createdAtMs: NOW, expiresOnMs: NOW + 3 * DAY });
    expect(await findAccessToken('abcd-secret')).toEqual({ ...old, expiresOnMs: NOW + 15 * 60_000 });
    expect([await statusFor(id), await statusFor('abcd-secret')]).toEqual([200, 200]);
    jest.spyOn(Date, 'now').mockReturnValue(NOW + 15 * 60_000);
    expect([await statusFor(id), await statusFor('abcd-secret')]).toEqual([200, 403]);
    await expect(token('rotate', 'abcd')).rejects.toThrow('has expired: make a new one with "token create"');
  });

  test('never lets the old one live longer than it would', async () => {
    await api.seedAccessToken({ id: 'abcd-secret', application: 'crm', expiresOnMs: NOW + 1000 });
    await token('rotate', 'abcd');
    expect(await findAccessToken('abcd-secret')).toMatchObject({ expiresOnMs: NOW + 1000 });
  });

  test('goes for a token with many permissions, too', async () => {
    const tenantPermissions = Array.from({ length: 200 }, (_, at) => ({
      tenant: `tenant-${at}`,
      allowedActions: ['*'],
    }));
    await api.seedAccessToken({ id: 'abcd-secret', application: 'crm', tenantPermissions });
    const [id = ''] = await token('rotate', 'abcd');
    expect((await findAccessToken(id))?.tenantPermissions).toEqual(tenantPermissions);
    expect((await findAccessToken('abcd-secret'))?.tenantPermissions).toEqual(tenantPermissions);
  });
});

test('inspect shows everything but the id, to a person and to a machine', async () => {
  await api.seedAccessToken({
    id: 'abcd-secret',
    application: 'crm',
    master: false,
    createdAtMs: NOW,
    expiresOnMs: null,
    tenantPermissions: [
      { tenant: 'shop', allowedActions: ['READ_TENANT'] },
      { tenant: 'old', allowedActions: null },
    ],
  });
  expect(await token('inspect', '--application', 'crm')).toEqual([
    'begins with   abcd',
    'application   crm',
    'master        no',
    'created       2026-03-01T12:00:00.000Z',
    'expires       never',
    'permission    shop: READ_TENANT',
    'permission    old: nothing',
  ]);
  const [json = ''] = await token('inspect', 'abcd', '--json');
  expect(JSON.parse(json)).toMatchObject({ begins: 'abcd', application: 'crm', expires: null });
  expect(json).not.toContain('secret');
});
