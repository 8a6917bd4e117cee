import { forgetSettings } from '../../../functions/shared/config/configuration.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';

let api: LocalApi;
const token = 'defaultManagementToken';

beforeAll(async () => {
  api = await startLocalApi({
    env: { PACKAGE_VERSION: '1.2.3', PACKAGE_BUILD: '9f8e7d6', PACKAGE_BUILD_DATE: '2026-03-01T00:00:00Z' },
  });
});
afterAll(() => api.stop());

const bytes = expect.any(Number);

test('memory is seven whole numbers', async () => {
  const { status, body } = await api.request('GET', '/monitoring/memory', { query: { token } });
  expect(status).toBe(200);
  expect(body).toEqual({
    totalJvmMemory: bytes,
    freeJvmMemory: bytes,
    maxJvmMemory: bytes,
    totalOsMemory: bytes,
    freeOsMemory: bytes,
    totalSwapMemory: 0,
    freeSwapMemory: 0,
  });
  for (const value of Object.values(body)) expect(Number.isSafeInteger(value)).toBe(true);
});

test('status is the uptime in seconds and the start, which stays the same', async () => {
  const first = await api.request('GET', '/monitoring/status', { query: { token } });
  expect(first.status).toBe(200);
  expect(first.body).toEqual({
    uptime: expect.any(Number),
    startup: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  });
  const second = await api.request('GET', '/monitoring/status', { query: { token, site: 'any' } });
  expect(second.body.startup).toBe(first.body.startup);
});

test('version is ten strings', async () => {
  const { status, body } = await api.request('GET', '/monitoring/version.json', { query: { token } });
  expect(status).toBe(200);
  expect(body).toEqual({
    packageName: 'serverless-profile',
    packageVersion: '1.2.3',
    packageBuild: '9f8e7d6',
    packageBuildDate: '2026-03-01T00:00:00Z',
    osName: expect.any(String),
    osVersion: expect.any(String),
    osArch: expect.any(String),
    javaVersion: '',
    javaVendor: '',
    javaVm: expect.stringMatching(/^Node\.js v\d+/),
  });
});

describe.each(['memory', 'status', 'version'])('%s', (what) => {
  test('400 without a token', async () => {
    const { status, body } = await api.request('GET', `/monitoring/${what}`);
    expect(status).toBe(400);
    expect(body).toEqual({ errorCode: 'OTHER', message: 'Parameter "token" is missing' });
  });

  test.each(['', 'wrong', 'defaultmanagementtoken', 'defaultManagementToken '])(
    '401 for the token "%s"',
    async (given) => {
      const { status, body } = await api.request('GET', `/monitoring/${what}`, { query: { token: given } });
      expect(status).toBe(401);
      expect(body).toEqual({ errorCode: 'ACCESS_DENIED', message: 'The management token is wrong' });
    },
  );

  test('401 for every token where none is configured', async () => {
    const configured = process.env.MANAGEMENT_TOKEN_SHA256;
    process.env.MANAGEMENT_TOKEN_SHA256 = '';
    forgetSettings();
    try {
      for (const given of ['', token]) {
        const { status } = await api.request('GET', `/monitoring/${what}`, { query: { token: given } });
        expect(status).toBe(401);
      }
    } finally {
      process.env.MANAGEMENT_TOKEN_SHA256 = configured;
      forgetSettings();
    }
  });
});
