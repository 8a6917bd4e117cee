import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { smokeOn } from '../../support/smoke.ts';

let api: LocalApi;
let smoke: Awaited<ReturnType<typeof smokeOn>>;
const env = { WIRE_LINE: '3.0', LINK_ALLOW_LIST: 'https://app.example.org' };

beforeAll(async () => {
  api = await startLocalApi({ bucket: true, env });
  smoke = await smokeOn(api, env);
});
afterAll(() => {
  smoke.remove();
  return api.stop();
});

test('an installation for older clients, whose mails lead to one page, passes as well', async () => {
  const { status, stdout } = await smoke.run();
  expect(stdout).not.toContain('FAILED');
  expect(status).toBe(0);
  expect(api.mails[0]?.html).toMatch(/"https:\/\/app\.example\.org\/smoke\/smoke-[0-9a-f]{12}\?tokenId=/);
});
