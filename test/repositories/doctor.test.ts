import type { AttributeDefinition } from '../../functions/shared/domain/tenant/attribute-definitions.ts';
import { noteRefusedMail } from '../../functions/shared/repositories/refused-mails.ts';
import type { Finding } from '../../lib/admin/doctor/check.ts';
import { storedChecks } from '../../lib/admin/doctor/checks/stored.ts';
import { examine } from '../../lib/admin/doctor/doctor.ts';
import { loadData } from '../../lib/local/sample-data.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { patientWith } from '../support/patient.ts';

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi();
});
afterAll(() => api.stop());
beforeEach(async () => {
  await api.clear('profiles');
  await api.clear('tokens');
});

const patient = patientWith({});
const { nowMs } = patient;
const DAY_MS = 86_400_000;

async function found(name: string): Promise<Finding | undefined> {
  const results = await examine(storedChecks, patient);
  return results.find((result) => result.name === name)?.finding;
}

test('an empty installation has no token to call it with', async () => {
  expect(await found('access tokens')).toEqual({
    verdict: 'failed',
    found: 'there is none',
    advice: '"npm run admin -- bootstrap --email ADDRESS --stage production" makes one',
  });
});

test('a token without end is well', async () => {
  await api.seedAccessToken();
  expect((await found('access tokens'))?.verdict).toBe('ok');
});

test('tokens that have expired, or are about to, are named by their applications and never by their ids', async () => {
  await api.seedAccessTokens([
    { id: 'works' },
    { id: 'gone-id', application: 'gone', expiresOnMs: nowMs },
    { id: 'soon-id', application: 'soon', master: true, expiresOnMs: nowMs + 29 * DAY_MS },
    { id: 'later-id', application: 'later', expiresOnMs: nowMs + 31 * DAY_MS },
  ]);
  const finding = await found('access tokens');
  expect(finding?.verdict).toBe('warning');
  expect(finding?.found).toBe('expired: gone; expire within 30 days: soon (master)');
  expect(JSON.stringify(finding)).not.toMatch(/-id/);
});

test('where all have expired nothing works', async () => {
  await api.seedAccessToken({ expiresOnMs: nowMs - 1 });
  expect(await found('access tokens')).toMatchObject({
    verdict: 'failed',
    found: 'all have expired: every call is refused',
  });
});

test('the sample data belong on no stage', async () => {
  expect((await found('known tokens'))?.verdict).toBe('ok');
  await loadData();
  const finding = await found('known tokens');
  expect(finding?.verdict).toBe('failed');
  expect(finding?.found).toContain('profile-admin (master)');
  expect(JSON.stringify(finding)).not.toContain('e8f5170c');
});

test('so does a token that the old server was shipped with', async () => {
  await api.seedAccessToken({ id: 'f91cdaf0-e5c6-11e3-ac10-0800200c9a66', application: 'randomapp' });
  expect(await found('known tokens')).toMatchObject({ verdict: 'failed', found: expect.stringContaining('randomapp') });
});

describe('an open change', () => {
  const settling = (id: string) => ({ pk: 'SWEEP', sk: id, tenant: 'default', kind: 'settle', revision: 'r' });
  const change = (atMs: number) => ({
    version: 2,
    atMs,
    removeRoles: ['A'],
    removeAttributes: [],
    defaults: new Map(),
    indexFields: [],
    dropFields: [],
  });

  test('there is none', async () => {
    expect(await found('open changes')).toEqual({ verdict: 'ok', found: 'none' });
  });

  test.each([
    [2, 'ok'],
    [20, 'failed'],
  ])('of %d minutes is %s', async (minutes, verdict) => {
    const { id } = await api.seedTenant({ pending: [change(nowMs - minutes * 60_000)] });
    await api.put('profiles', [settling(id)]);
    expect(await found('open changes')).toMatchObject({ verdict, found: `1, the oldest since ${minutes} minutes` });
  });

  test('may be what is left of a profile', async () => {
    const openedAtMs = nowMs - 3_600_000;
    const item = { id: 'p', profileId: 'p', kind: 'clear', openedAtMs, revision: 'r' };
    await api.put('profiles', [{ pk: 'SWEEP', sk: 'PROFILE#p', ...item }]);
    expect(await found('open changes')).toMatchObject({ verdict: 'failed', found: '1, the oldest since 60 minutes' });
  });

  test('may be the deletion of a tenant that has not begun', async () => {
    await api.put('profiles', [{ ...settling('5a0000000000000000000001'), kind: 'delete' }]);
    expect(await found('open changes')).toMatchObject({ verdict: 'ok', found: '1, the oldest since 0 minutes' });
  });
});

test('who waits for a mail that SES has refused is counted', async () => {
  expect((await found('refused mails'))?.verdict).toBe('ok');
  await api.seedTenant();
  await noteRefusedMail(await api.seedProfile(), nowMs);
  expect(await found('refused mails')).toMatchObject({ verdict: 'warning', found: expect.stringMatching(/^1 new/) });
});

describe('tenants', () => {
  const definition = (name: string, indexed: unknown): AttributeDefinition => ({
    name,
    metadata: JSON.parse(JSON.stringify({ indexed })),
    defaultValue: null,
    permissions: [],
  });

  test('with an index are well', async () => {
    await api.seedTenant({ attributeDefinitions: [definition('phone', true)] });
    expect((await found('tenants'))?.verdict).toBe('ok');
  });

  test('without one are named', async () => {
    await api.seedTenant({ shards: undefined, name: 'old' });
    expect(await found('tenants')).toMatchObject({
      verdict: 'warning',
      found: expect.stringContaining('no index: "old"'),
    });
  });

  test('that ask for an index that cannot be are told with the attribute', async () => {
    await api.seedTenant({ attributeDefinitions: [definition('phone', 'yes'), definition('mail', false)] });
    expect(await found('tenants')).toMatchObject({
      verdict: 'warning',
      found: '"indexed" asks for what cannot be: "phone of default"',
    });
  });
});
