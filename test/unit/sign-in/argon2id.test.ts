import crypto from 'node:crypto';
import { type CapturedOutput, captureOutput } from '../../support/captured-output.ts';

const { argon2Sync } = crypto;
let output: CapturedOutput;

beforeEach(() => {
  output = captureOutput();
});
afterEach(() => {
  output.release();
  crypto.argon2Sync = argon2Sync;
  delete process.env.AWS_LAMBDA_INITIALIZATION_TYPE;
  delete process.env.STAGE;
});

/** What a sandbox has that starts now. */
async function start() {
  jest.resetModules();
  const { proveArgon2id } = await import('../../../functions/shared/domain/sign-in/argon2id.ts');
  await proveArgon2id();
  const { hashPassword } = await import('../../../functions/shared/domain/sign-in/password-hash.ts');
  const { verifyPassword } = await import('../../../functions/shared/domain/sign-in/verify-password.ts');
  return { hashPassword, verifyPassword };
}

const withoutOpenSsl = () => {
  throw new Error('error:0308010C:digital envelope routines::unsupported');
};
/** Ways in which a runtime has no argon2id. */
const lacks: readonly [string, unknown][] = [
  ['is absent', undefined],
  ['throws', withoutOpenSsl],
  ['computes something else', () => Buffer.alloc(32)],
];
const lacking = (value: unknown) => Object.assign(crypto, { argon2Sync: value });

test.each(lacks)(
  'where the argon2id of the runtime %s, WebAssembly makes and reads the same hashes',
  async (_, value) => {
    const native = await start();
    const ofNative = await native.hashPassword('correct horse ë');
    lacking(value);
    const other = await start();
    const ofOther = await other.hashPassword('correct horse ë');
    expect(ofOther).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    for (const hash of [ofNative, ofOther]) {
      expect(await other.verifyPassword('correct horse ë', hash)).toBe(true);
      expect(await other.verifyPassword('correct horse e', hash)).toBe(false);
    }
    crypto.argon2Sync = argon2Sync;
    expect(await native.verifyPassword('correct horse ë', ofOther)).toBe(true);
    expect(await native.verifyPassword('correct horse e', ofOther)).toBe(false);
  },
);

test('a sandbox without it says so once, and counts itself', async () => {
  lacking(withoutOpenSsl);
  process.env.STAGE = 'dev';
  const { hashPassword, verifyPassword } = await start();
  await hashPassword('correct horse');
  await verifyPassword('wrong', undefined);
  const [warning, metric, ...others] = output.records();
  expect(warning).toMatchObject({ level: 'WARN', message: 'Argon2id', implementation: 'wasm' });
  expect(metric).toMatchObject({
    Argon2idFallback: 1,
    stage: 'dev',
    _aws: { CloudWatchMetrics: [{ Namespace: 'ServerlessProfile', Dimensions: [['stage']] }] },
  });
  expect(others).toEqual([]);
});

test('a deployed sandbox that has it says that; a local one says nothing', async () => {
  await start();
  expect(output.text()).toBe('');
  process.env.AWS_LAMBDA_INITIALIZATION_TYPE = 'on-demand';
  await (await start()).hashPassword('correct horse');
  const [line, ...others] = output.records();
  expect(line).toMatchObject({ level: 'INFO', message: 'Argon2id', implementation: 'native' });
  expect(others).toEqual([]);
});

test('the empty password is computed, and never right', async () => {
  const { verifyPassword } = await start();
  const salt = Buffer.alloc(16);
  const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };
  const tag = argon2Sync('argon2id', { message: '', nonce: salt, ...cost });
  const unpadded = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  const ofNothing = `$argon2id$v=19$m=19456,t=2,p=1$${unpadded(salt)}$${unpadded(tag)}`;
  expect(await verifyPassword('', ofNothing)).toBe(true);
  lacking(undefined);
  const other = await start();
  expect(await other.verifyPassword('', ofNothing)).toBe(false);
  await other.verifyPassword('', undefined);
});
