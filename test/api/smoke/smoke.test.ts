import { steps } from '../../../lib/smoke/steps.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { smokeOn } from '../../support/smoke.ts';

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
afterEach(() => api.mails.splice(0));

/** What is still stored, but for tokens of mails, which die with their profile and go by themselves, and the key of the audit trail. */
async function left(): Promise<readonly string[]> {
  const items = [...(await api.items('profiles')), ...(await api.items('tokens'))];
  return items.map(({ pk }) => String(pk)).filter((pk) => !pk.startsWith('VERIFICATION#') && pk !== 'AUDIT_KEY');
}

test('an installation that works is tried out in all steps, and nothing of it stays', async () => {
  const { status, stdout, stderr } = await smoke.run();
  expect([status, stderr]).toEqual([0, '']);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.at(0)).toBe(`Trying ${api.origin}/crafter-profile out`);
  expect(lines.slice(1, -1).map((line) => line.slice(2, 44).trimEnd())).toEqual([
    'make token and tenant',
    ...steps.map(({ name }) => name),
    'take out token and tenant',
  ]);
  for (const line of lines.slice(1, -1)) expect(line).toMatch(/ (200|401|404|405|409|done|gone|made) +\d+ ms$/);
  expect(lines.at(-1)).toBe(`All ${steps.length + 2} steps are as they should be.`);
  expect(api.mails).toMatchObject([{ to: 'success@simulator.amazonses.com' }]);
  expect(await left()).toEqual([]);
});
