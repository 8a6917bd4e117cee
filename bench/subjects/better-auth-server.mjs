// better-auth on SQLite with BENCH_PROFILES users, from the folder BENCH_BETTER_AUTH; its first line is its URL and the cookie of an administrator.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { hashPassword, verifyPassword } from '../../functions/shared/domain/sign-in/password-hash.ts';

const installed = createRequire(join(process.env.BENCH_BETTER_AUTH, 'package.json'));
const { betterAuth } = installed('better-auth');
const { getMigrations } = installed('better-auth/db/migration');
const { toNodeHandler } = installed('better-auth/node');
const { admin, username } = installed('better-auth/plugins');

const PASSWORD = 'password-of-all';
const server = createServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}`;
const options = {
  baseURL: url,
  secret: 'a secret of at least thirty-two characters',
  database: new DatabaseSync(join(process.env.BENCH_DIRECTORY, 'better-auth.sqlite')),
  emailAndPassword: {
    enabled: true,
    password: {
      hash: async (password) => hashPassword(password),
      verify: async ({ password, hash }) => verifyPassword(password, hash),
    },
  },
  user: { additionalFields: { city: { type: 'string', required: false, input: true } } },
  plugins: [username(), admin()],
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
};
const { runMigrations } = await getMigrations(options);
await runMigrations();
const auth = betterAuth(options);
server.on('request', toNodeHandler(auth));

const { internalAdapter } = await auth.$context;
const password = hashPassword(PASSWORD);
for (let number = 0; number < Number(process.env.BENCH_PROFILES); number++) {
  const name = `user${number}`;
  const role = number === 0 ? 'admin' : number % 100 === 1 ? 'rare' : 'user';
  const fields = { name, email: `${name}@example.com`, username: name, displayUsername: name, emailVerified: true };
  const user = await internalAdapter.createUser({ ...fields, role, city: `C${number % 50}` });
  await internalAdapter.linkAccount({ userId: user.id, providerId: 'credential', accountId: user.id, password });
}
const signedIn = await fetch(`${url}/api/auth/sign-in/username`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', origin: url },
  body: JSON.stringify({ username: 'user0', password: PASSWORD }),
});
if (!signedIn.ok) throw new Error(`sign-in answered ${signedIn.status}: ${await signedIn.text()}`);
const cookie = signedIn.headers
  .getSetCookie()
  .map((value) => value.split(';')[0])
  .join('; ');
const userId = (await internalAdapter.findUserByEmail('user501@example.com')).user.id;
console.log(JSON.stringify({ url, cookie, userId, password: PASSWORD }));
