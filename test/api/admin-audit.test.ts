import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyedHash } from '../../functions/shared/audit/trail.ts';
import { keepAuditKey } from '../../functions/shared/repositories/audit-key.ts';
import { commands } from '../../lib/admin/commands.ts';
import { runAdmin } from '../../lib/admin/run-command.ts';
import { keptTrail } from '../../lib/local/audit-file.ts';
import { everything } from '../support/everything.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { withArguments } from '../support/run-script.ts';

let api: LocalApi;
const directory = mkdtempSync(join(tmpdir(), 'admin-audit-'));
const lines: string[] = [];

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  const own = /^(AWS_|.*_TABLE$|ATTACHMENTS_BUCKET|MAIL_SENDER)/;
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => own.test(name)));
  writeFileSync(join(directory, 'stack.json'), JSON.stringify({ pid: process.pid, url: 'http://x', environment }));
});
afterAll(async () => {
  await api.stop();
  rmSync(directory, { recursive: true });
});
beforeEach(async () => {
  jest.spyOn(console, 'log').mockImplementation((line) => void lines.push(String(line)));
  jest.spyOn(console, 'error').mockImplementation((line) => void lines.push(String(line)));
  lines.length = 0;
  keepAuditKey(undefined);
  for (const table of ['profiles', 'tokens', 'tickets'] as const) await api.clear(table);
  rmSync(join(directory, 'audit.jsonl'), { force: true });
  await api.seedAccessToken({ id: 'canary-token', application: 'shop' });
  await api.seedTenant({ name: 'default', availableRoles: ['A'] });
});
afterEach(() => jest.restoreAllMocks());

const run = (...args: readonly string[]) => withArguments([...args, '--directory', directory], runAdmin);
const trail = () => keptTrail(directory).map((line) => JSON.parse(line));

/** What each command is called with, and what is left in the trail then. */
const changing: Readonly<Record<string, () => Promise<{ args: readonly string[]; records: readonly object[] }>>> = {
  bootstrap: async () => ({
    args: ['--email', 'canary@example.com', '--username', 'canary', '--tenant', 'new'],
    records: [
      { tenant: 'new', profileId: expect.any(String), user: expect.any(String), accessToken: expect.any(String) },
    ],
  }),
  'token create': async () => ({
    args: ['--application', 'canary', '--tenant', 'default', '--allow', 'READ_TENANT'],
    records: [{ fields: ['accessToken'], accessToken: expect.any(String) }],
  }),
  'token rotate': async () => ({
    args: ['canary-token'],
    records: [{ fields: ['accessToken'], accessTokens: 2, replacedToken: expect.stringMatching(/^[\da-f]{32}$/) }],
  }),
  'token revoke': async () => ({ args: ['canary-token'], records: [{ accessToken: expect.any(String) }] }),
  'person erase': async () => {
    const { id } = await api.seedProfile({ tenant: 'default', username: 'canary' });
    return {
      args: ['--tenant', 'default', '--username', 'canary', '--yes'],
      records: [{ tenant: 'default', profileId: id, user: expect.any(String) }],
    };
  },
  'person resend': async () => {
    const { id } = await api.seedProfile({
      tenant: 'default',
      username: 'canary',
      email: 'canary@example.com',
      verified: false,
    });
    return {
      args: ['--profile', id, '--url', 'https://app.example.com'],
      records: [{ tenant: 'default', profileId: id, fields: ['verificationToken'] }],
    };
  },
  sweep: async () => {
    const id = '5b0000000000000000000001';
    await api.put('profiles', [
      { pk: `PROFILE#${id}`, sk: 'PROFILE', deletedAtMs: 1 },
      { pk: 'SWEEP', sk: `PROFILE#${id}`, id, profileId: id, kind: 'clear', openedAtMs: 1, revision: 'r' },
    ]);
    return { args: [], records: [{ profileId: id }] };
  },
  import: async () => ({
    args: [join(process.cwd(), 'lib/local/sample-data.json')],
    records: [
      { tenant: 'sample-tenant', profiles: 2, fields: ['profile', 'tenant'] },
      { tenant: 'spare-tenant', fields: ['tenant'] },
      { accessTokens: 4, fields: ['accessToken'] },
      // The tenant is there, and stays as it is.
      { tenant: 'default', profiles: 3, fields: ['profile'] },
    ],
  }),
  reindex: async () => {
    await api.seedTenant({ name: 'other' });
    return { args: [], records: [{ tenant: 'default' }, { tenant: 'other' }] };
  },
};
const reading = ['environment', 'trace', 'audit', 'doctor', 'token list', 'token inspect', 'person export', 'export'];
/** Of deployed stages only: `test/rehearsal` holds one to its record, and the other takes the trail with it. */
const rehearsed = ['restore', 'remove'];

test('every command either reads, or is held here to what it leaves', () => {
  expect([...Object.keys(changing), ...reading, ...rehearsed].sort()).toEqual(commands.map(({ name }) => name).sort());
});

test.each(Object.keys(changing))('%s leaves one record for each tenant that it changes', async (name) => {
  const { args, records } = (await changing[name]?.()) ?? { args: [], records: [] };
  const before = await everything(api);
  await run(...name.split(' '), ...args);
  expect(await everything(api)).not.toBe(before);
  const own = { audit: 1, operation: `admin ${name}`, outcome: 'done', operator: expect.any(String) };
  expect(trail()).toEqual(records.map((record) => expect.objectContaining({ ...own, ...record })));
  const long = lines.join('\n').match(/\S{20,}/g) ?? [];
  // The trail names profiles by their ids.
  const secrets = long.filter((text) => !/^[\da-f]{24}$/.test(text));
  const text = JSON.stringify(trail());
  expect(['canary', 'john.doe', '@example', ...secrets].filter((secret) => text.includes(secret))).toEqual([]);
});

test('a command that fails before it changes anything leaves none', async () => {
  await expect(run('token', 'revoke', 'nobody')).rejects.toThrow('There is no access token');
  expect(trail()).toEqual([]);
});

test('a record that cannot be kept is told, though the command is done', async () => {
  mkdirSync(join(directory, 'audit.jsonl'));
  await expect(run('token', 'revoke', 'canary-token')).rejects.toThrow(
    'The command has changed something, and its record in the audit trail is lost: EISDIR',
  );
  rmSync(join(directory, 'audit.jsonl'), { recursive: true });
  expect(lines).toEqual([expect.stringMatching(/^The access token "cana"… of application "shop" is ended\./)]);
});

test('a stack that keeps nothing keeps no trail of its operator either', async () => {
  const stack = JSON.parse(readFileSync(join(directory, 'stack.json'), 'utf8'));
  writeFileSync(join(directory, 'stack.json'), JSON.stringify({ ...stack, keepsNothing: true }));
  await run('token', 'revoke', 'canary-token');
  lines.length = 0;
  await run('audit');
  writeFileSync(join(directory, 'stack.json'), JSON.stringify(stack));
  expect(trail()).toEqual([]);
  expect(lines).toContain(
    'This stack was started with --memory: it keeps no audit trail. What is here is of one that kept its data.',
  );
});

describe('audit', () => {
  const user = '5b00000000000000000000aa';
  const records = [
    {
      timestamp: '2026-01-01T00:00:00.000Z',
      operation: 'createProfile',
      outcome: 'done',
      tenant: 'default',
      profileId: user,
    },
    {
      timestamp: '2026-01-02T00:00:00.000Z',
      operation: 'authenticate',
      outcome: 'refused',
      code: 'BAD_CREDENTIALS',
      tenant: 'default',
    },
    { timestamp: '2026-01-03T00:00:00.000Z', operation: 'sweep-tenants', outcome: 'done', profileId: user },
    {
      timestamp: '2026-01-04T00:00:00.000Z',
      operation: 'updateProfile',
      outcome: 'done',
      tenant: 'other',
      fields: ['email', 'roles'],
    },
    {
      timestamp: '2026-01-05T00:00:00.000Z',
      operation: 'createAccessToken',
      outcome: 'done',
      application: '\u001b[31mred',
    },
  ];
  const hash = keyedHash(Buffer.alloc(32, 'key'), 'user', 'default', 'canary');

  beforeEach(async () => {
    await api.put('tokens', [{ pk: 'AUDIT_KEY', sk: 'KEY', secret: Buffer.alloc(32, 'key') }]);
    const kept = records.map((record, at) => ({ audit: 1, ...record, ...(at === 1 ? { user: hash } : {}) }));
    writeFileSync(join(directory, 'audit.jsonl'), [...kept.map((one) => JSON.stringify(one)), '{"cut'].join('\n'));
  });

  const asked = async (...args: readonly string[]) => {
    const since = args.includes('--since') ? [] : ['--since', '2026-01-01'];
    await run('audit', ...since, ...args, '--json');
    return JSON.parse(lines.join('\n')).records.map(({ operation }: { operation: string }) => operation);
  };

  test.each([
    [[], ['createProfile', 'authenticate', 'sweep-tenants', 'updateProfile', 'createAccessToken']],
    [
      ['--tenant', 'default'],
      ['createProfile', 'authenticate'],
    ],
    [
      ['--tenant', 'default', '--profile', user.toUpperCase()],
      ['createProfile', 'sweep-tenants'],
    ],
    [['--tenant', 'other', '--profile', user], ['sweep-tenants']],
    [['--tenant', 'default', '--username', 'canary'], ['authenticate']],
    [['--tenant', 'other', '--username', 'canary'], []],
    [
      ['--since', '2026-01-04T00:00:00Z'],
      ['updateProfile', 'createAccessToken'],
    ],
    [['--since', '1m'], []],
  ])('%j is answered with %j', async (args, operations) => {
    expect(await asked(...args)).toEqual(operations);
  });

  test('tells a person a record in a line, and from when to when it is complete', async () => {
    await run('audit', '--since', '2026-01-04');
    expect(lines).toEqual([
      '2026-01-04T00:00:00.000Z  updateProfile  done  tenant other  fields email,roles',
      '2026-01-05T00:00:00.000Z  createAccessToken  done  by ?[31mred',
      '',
      expect.stringMatching(/^Complete from 2026-01-04T00:00:00.000Z to \S+Z\. Killed calls in that time, .*: 0$/),
    ]);
  });

  test('no user is known by name where there is no key', async () => {
    await api.clear('tokens');
    await expect(run('audit', '--tenant', 'default', '--username', 'canary')).rejects.toThrow('has no key');
  });
});
