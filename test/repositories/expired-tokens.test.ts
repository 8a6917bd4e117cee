import { expiredTokenWarnings } from '../../lib/admin/expired-tokens.ts';
import { loadPaths } from '../../lib/import/import-paths.ts';
import { loadData } from '../../lib/local/sample-data.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
const nowMs = Date.parse('2026-03-01T00:00:00Z');
const warnings = (where = '') => expiredTokenWarnings(where, nowMs);

beforeAll(async () => {
  api = await startLocalApi();
});
afterAll(() => api.stop());

const command = (line: string) => line.includes('npm run admin');
const tokens = ['seed-1', 'seed-2', 'seed-3'];

test('says nothing of an installation without access tokens, nor of tokens that work', async () => {
  expect(await warnings()).toEqual([]);
  await api.seedAccessToken({ id: 'app-token', expiresOnMs: nowMs + 1 });
  expect(await warnings()).toEqual([]);
});

test('names each that has expired by its application, with the day, and never by its id', async () => {
  await api.seedAccessToken({ id: 'seed-1', application: 'profile-admin', master: true, expiresOnMs: nowMs });
  await api.seedAccessToken({ id: 'seed-2', application: null, expiresOnMs: Date.parse('2024-01-01T00:00:00Z') });
  const lines = await warnings();
  expect(lines).toEqual([
    'WARNING: 2 of 3 access tokens have expired: every call with one of them is refused.',
    '  access token of application "profile-admin", master: expired on 2026-03-01',
    '  access token without an application: expired on 2024-01-01',
    'This makes a master access token that works, and an administrator:',
    '  npm run admin -- bootstrap --again --email ADDRESS --username token-maker',
    'With it, an expired one can be deleted and created again under its id: see docs/moving-in.md.',
  ]);
  for (const id of tokens) expect(lines.join()).not.toContain(id);
});

test('says so where none is left that works', async () => {
  await api.seedAccessToken({ id: 'app-token', expiresOnMs: -1 });
  expect((await warnings())[0]).toBe(
    'WARNING: 3 of 3 access tokens have expired: every call with one of them is refused, and no other works.',
  );
});

test('the command names the installation, and a tenant that is there', async () => {
  expect((await warnings('--local')).find(command)).toMatch(/ --local$/);
  await api.seedTenant({ name: "it's $(mine)" });
  expect((await warnings('--stage x')).find(command)).toMatch(/ --tenant='it'\\''s \$\(mine\)' --stage x$/);
  await api.seedTenant();
  expect((await warnings()).find(command)).not.toContain('--tenant');
});

test('what a name could do to a terminal does not reach it, and the farthest dates are dates', async () => {
  const application = 'a\u001b[2J\u009b1m\u202e\n"b"';
  await api.seedAccessToken({ id: 'seed-3', application, expiresOnMs: -8_640_000_000_000_000 });
  const line = (await warnings()).find((text) => text.includes('u001b'));
  expect(line).toBe(String.raw`  access token of application "a\u001b[2J?1m?\n\"b\"": expired on -271821-04-20`);
});

test('names ten, and how many more', async () => {
  await Promise.all(
    Array.from({ length: 20 }, (_, n) => api.seedAccessToken({ id: `many-${n}`, expiresOnMs: 1, createdAtMs: n })),
  );
  const lines = await warnings();
  expect(lines.filter((line) => line.startsWith('  access token'))).toHaveLength(10);
  expect(lines).toContain('  and 14 more');
});

test('loading the sample data, at the first start, gives no cause for a warning', async () => {
  const before = await warnings();
  // The tenant is there by now, without anything that the sample has.
  expect((await loadPaths(['lib/local/sample-data.json'])).join('\n')).toContain(
    'Imported 4 access tokens, 2 tenants,',
  );
  expect((await warnings()).slice(1)).toEqual(before.slice(1));
  expect(await loadData()).toEqual({ isNew: false, lines: [] });
});
