import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formEvent, sandboxOf } from '../../support/in-a-sandbox.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

const directory = mkdtempSync(join(tmpdir(), 'foreign-'));
const folder = join(directory, 'authentication/authenticate');
let api: LocalApi;

/** Password and hash of users that are called after the algorithm. */
const hashes = {
  bcrypt: ['abc', '$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i'],
  argon2: ['test', '$argon2id$v=19$m=32,t=2,p=4$cm94YnRVOW5jZzFzcVE4bQ$MNzk5BtR2vUhrp6qQEjRNw'],
  pbkdf2: ['password', '$pbkdf2-sha256$i=27500$P5rtFkGtPfoaryJ6PizUJw==$JsfNbCOIdZUbyBJ+BT+VoGI91Ec2rWLOvkLPDaX8e9k='],
} as const;

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: 'app-token' });
  await api.seedProfile({ username: 'ours', password: 'right horse' });
  for (const [username, [, passwordHash]] of Object.entries(hashes))
    await api.seedProfile({ username, credentials: { passwordHash } });
});
afterAll(() => {
  rmSync(directory, { recursive: true });
  return api.stop();
});

const signIn = (username: string, password: string) =>
  formEvent('/authentication/authenticate', { accessTokenId: 'app-token', tenantName: 'default', username, password });

test('the deployed sign-in loads what a hash needs, and of the rest nothing', async () => {
  const call = await sandboxOf('authentication/authenticate', 1769, directory);
  const parts = ['argon2id-fallback.mjs', 'bcrypt.mjs', 'foreign-hashes.mjs'];
  expect(
    readdirSync(folder)
      .filter((name) => name !== 'index.mjs')
      .sort(),
  ).toEqual(parts);
  const take = (name: string) => rmSync(join(folder, name));
  const env = { RENEW_PASSWORD_HASHES: 'false' };
  for (const [username, [password]] of Object.entries(hashes)) {
    expect(await call(signIn(username, `${password}x`), { env })).toMatchObject({ statusCode: 401 });
    expect(await call(signIn(username, password), { env })).toMatchObject({ statusCode: 200 });
  }
  take('argon2id-fallback.mjs');
  take('bcrypt.mjs');
  for (const username of ['argon2', 'pbkdf2'] as const)
    expect(await call(signIn(username, hashes[username][0]), { env })).toMatchObject({ statusCode: 200 });
  take('foreign-hashes.mjs');
  expect(await call(signIn('ours', 'right horse'), { env })).toMatchObject({ statusCode: 200 });
  for (const username of ['ours', 'nobody'])
    expect(await call(signIn(username, 'wrong'), { env })).toMatchObject({ statusCode: 401 });
});
