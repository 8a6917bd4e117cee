import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formEvent, sandboxOf } from '../../support/in-a-sandbox.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

const directory = mkdtempSync(join(tmpdir(), 'argon2id-'));
const preload = join(directory, 'without-argon2.cjs');
let api: LocalApi;

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: 'app-token' });
  await api.seedProfile({ username: 'mara', password: 'right horse' });
});
afterAll(() => {
  rmSync(directory, { recursive: true });
  return api.stop();
});

const signIn = (password: string) =>
  formEvent('/authentication/authenticate', {
    accessTokenId: 'app-token',
    tenantName: 'default',
    username: 'mara',
    password,
  });

test('the deployed sign-in works on a runtime without argon2id, and says so', async () => {
  writeFileSync(preload, "require('node:crypto').argon2Sync = () => { throw new Error('unsupported'); };");
  const call = await sandboxOf('authentication/authenticate', 1769, directory);
  expect(existsSync(join(directory, 'authentication/authenticate/argon2id-fallback.mjs'))).toBe(true);
  const env = { NODE_OPTIONS: `--require ${preload}`, POWERTOOLS_LOG_LEVEL: 'WARN', STAGE: 'dev' };
  const good = await call(signIn('right horse'), { env });
  expect(good).toMatchObject({ statusCode: 200, body: expect.stringContaining('"profileId"') });
  expect(good.lines).toEqual([
    expect.stringContaining('"Argon2idFallback":1'),
    expect.stringContaining('"SignInGood":1'),
    expect.stringContaining('"implementation":"wasm"'),
  ]);
  for (const wrong of ['wrong horse', ''])
    expect(await call(signIn(wrong), { env })).toMatchObject({ statusCode: 401 });
});

test('where the runtime has it, the file beside the bundle is not needed', async () => {
  const call = await sandboxOf('authentication/authenticate', 1769, directory);
  rmSync(join(directory, 'authentication/authenticate/argon2id-fallback.mjs'));
  expect(await call(signIn('right horse'))).toMatchObject({ statusCode: 200, lines: [] });
});
