import { type ApiRequest, type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;

beforeAll(async () => {
  // As a deployment has it that configures no token: on the other lines nobody gets in.
  api = await startLocalApi({ env: { WIRE_LINE: '3.1.0', MANAGEMENT_TOKEN_SHA256: '' } });
});
afterAll(() => api.stop());

const fields = {
  memory: [
    'freeJvmMemory',
    'freeOsMemory',
    'freeSwapMemory',
    'maxJvmMemory',
    'totalJvmMemory',
    'totalOsMemory',
    'totalSwapMemory',
  ],
  status: ['startup', 'uptime'],
  version: [
    'javaVendor',
    'javaVersion',
    'javaVm',
    'osArch',
    'osName',
    'osVersion',
    'packageBuild',
    'packageBuildDate',
    'packageName',
    'packageVersion',
  ],
};

describe.each(Object.entries(fields))('%s', (what, names) => {
  test.each<[string, ApiRequest]>([
    ['without a token', {}],
    ['with an empty token', { query: { token: '' } }],
    ['with a wrong token', { query: { token: 'wrong' } }],
    ['with several tokens', { query: { token: ['wrong', 'defaultManagementToken'] } }],
    ['with an access token', { query: { accessTokenId: 'none' } }],
  ])('%s is answered as to anybody', async (_, request) => {
    const answer = await api.request('GET', `/monitoring/${what}`, request);
    expect([answer.status, Object.keys(answer.body).sort()]).toEqual([200, names]);
  });

  test('as the status script asks, with a suffix', async () => {
    expect((await api.request('GET', `/monitoring/${what}.json`)).status).toBe(200);
  });

  test('is still 405 to a POST', async () => {
    expect((await api.request('POST', `/monitoring/${what}`)).status).toBe(405);
  });
});
