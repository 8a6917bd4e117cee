import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { smokeOn, startBefore } from '../../support/smoke.ts';

let api: LocalApi;
let smoke: Awaited<ReturnType<typeof smokeOn>>;

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  smoke = await smokeOn(api);
});
afterAll(() => {
  smoke.remove();
  return api.stop();
});

/** What is still stored, but for tokens of mails, which die with their profile and go by themselves, and the key of the audit trail, which an installation has once. */
async function left(): Promise<readonly string[]> {
  const items = [...(await api.items('profiles')), ...(await api.items('tokens'))];
  return items.map(({ pk }) => String(pk)).filter((pk) => !pk.startsWith('VERIFICATION#') && pk !== 'AUDIT_KEY');
}

test('of what fails it says which function, with what answer and request, and shows no secret', async () => {
  const before = await startBefore(api, ({ url = '', headers }, response) => {
    if (!url.endsWith('/authentication/authenticate')) return false;
    response.writeHead(500, { 'content-type': 'application/json', 'apigw-requestid': 'JKJaXmPLvHcESHA=' });
    response.end(JSON.stringify({ errorCode: 'OTHER', message: `Sent by ${headers.authorization}` }));
    return true;
  });
  const { status, stdout } = await smoke.run(['--url', before.url]);
  before.stop();
  expect(status).toBe(1);
  expect(stdout).toMatch(/^ {2}sign in +500 +\d+ ms {2}FAILED$/m);
  expect(stdout).toContain(
    '      authentication/authenticate: 200 was expected, and the answer is 500 OTHER "Sent by Bearer …" (request JKJaXmPLvHcESHA=)\n',
  );
  expect(stdout).toMatch(/^ {2}who a ticket stands for +- +not tried: there is no ticket$/m);
  expect(stdout).toMatch(/^ {2}make a ticket +200 +\d+ ms$/m);
  expect(stdout).toMatch(
    /\nWhat the functions have logged is in the terminal of "npm start"\.\n4 of 38 steps failed, 2 more could not be tried\.\n$/,
  );
  expect(await left()).toEqual([]);
});

test('a mail that SES takes and that does not arrive is a failure where the mailbox can be looked at', async () => {
  const before = await startBefore(api, ({ url = '' }, response) => {
    if (!url.endsWith('/reset_password')) return false;
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    return true;
  });
  const { status, stdout } = await smoke.run(['--url', before.url]);
  before.stop();
  expect(status).toBe(1);
  expect(stdout).toContain('      profile/reset-password: the mailbox has no mail with the link\n');
});

test('where nothing answers it does not go on for long, and leaves nothing', async () => {
  const { url, stop } = await startBefore(api, () => false);
  stop();
  const { status, stdout } = await smoke.run(['--url', url]);
  expect(status).toBe(1);
  expect(stdout).toContain('      profile/create-profile: no answer: ECONNREFUSED\n');
  expect(stdout).toContain('\n  Nothing answers at this address: the others are not tried.\n');
  expect(await left()).toEqual([]);
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends it, and takes out what was made', async (signal) => {
  let kill: (signal: NodeJS.Signals) => void = () => undefined;
  const before = await startBefore(api, ({ url = '' }) => {
    if (!url.includes('/profile/by_role')) return false;
    kill(signal);
    return true;
  });
  const { status, stdout, stderr } = await smoke.run(['--url', before.url], (killer) => {
    kill = killer;
  });
  before.stop();
  expect([status, stderr]).toEqual([130, 'Ended before all was tried.\n']);
  expect(stdout).toMatch(/\n {2}take out token and tenant +gone +\d+ ms\n$/);
  expect(await left()).toEqual([]);
});

test('what a killed one has left is taken out by the next one after its time, and no more than that', async () => {
  let kill: (signal: NodeJS.Signals) => void = () => undefined;
  const before = await startBefore(api, ({ url = '' }) => {
    if (!url.includes('/profile/by_role')) return false;
    kill('SIGKILL');
    return true;
  });
  await smoke.run(['--url', before.url], (killer) => {
    kill = killer;
  });
  before.stop();
  const [token] = (await api.items('tokens')).filter(({ application }) => application === 'smoke-test');
  expect(Number(token?.expiresOnMs) - Date.now()).toBeLessThanOrEqual(15 * 60_000);
  await smoke.run();
  expect(await left()).not.toEqual([]);
  await api.put('tokens', [{ ...token, expiresOnMs: Date.now() - 1 }]);
  await smoke.run();
  expect(await left()).toEqual([]);
});
