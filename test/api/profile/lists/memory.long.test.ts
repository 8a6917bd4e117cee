import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Profile } from '../../../../functions/shared/domain/profile/profile.ts';
import { JsonText } from '../../../../functions/shared/domain/values/json-text.ts';
import { findProfiles } from '../../../../functions/shared/repositories/profiles.ts';
import { definition } from '../../../support/definitions.ts';
import { getEvent, sandboxOf } from '../../../support/in-a-sandbox.ts';
import { type LocalApi, startLocalApi } from '../../../support/local-api.ts';
import { loadProfiles, profileOfTenant } from '../../../support/many-profiles.ts';

const outdir = mkdtempSync(join(tmpdir(), 'memory-'));
const accessTokenId = 'app-token';
const tenantName = 'default';
let api: LocalApi;
let profiles: readonly Profile[];

/** As much as an item can hold, and as costly as a value can be in memory: 117 MB in all, two gigabytes as values. */
const attributes = new Map([['x', new JsonText(`[${'{},'.repeat(130_000)}{}]`)]]);

beforeAll(async () => {
  api = await startLocalApi({ env: { ATTACHMENTS_BUCKET: 'attachments' } });
  await api.seedAccessToken({ id: accessTokenId });
  const tenant = await api.seedTenant({ availableRoles: ['A'], attributeDefinitions: [definition('x')] });
  profiles = Array.from({ length: 300 }, (_, index) => profileOfTenant(tenant, index, { attributes, roles: ['A'] }));
  await loadProfiles(profiles);
}, 120_000);
afterAll(() => {
  rmSync(outdir, { recursive: true });
  return api.stop();
});

const tooLarge = [400, 'The result is too large: use start and count'];

/** Each with the outcome that it has within the memory and the time of the function. */
test.each([
  ['get-profiles-by-query', '/profile/by_query', { query: '{"attributes.x.a":{"$exists":false}}' }, tooLarge],
  ['get-profiles-by-query', '/profile/by_query', { query: '{"attributes.x.a":1}' }, [200, '[]']],
  ['count-profiles-by-query', '/profile/count_by_query', { query: '{"attributes.x.a":1}' }, [200, '0']],
  ['get-profiles-by-existing-attribute', '/profile/by_existing_attribute', { attributeName: 'x.a' }, [200, '[]']],
  [
    'get-profiles-by-attribute-value',
    '/profile/by_attribute_value',
    { attributeName: 'x.a', attributeValue: 'b' },
    [200, '[]'],
  ],
  [
    'get-profile-range',
    '/profile/range',
    { sortBy: 'attributes.x', start: '0', count: '2', attributesToReturn: '$none' },
    [200],
  ],
  ['get-profiles-by-role', '/profile/by_role', { role: 'A', attributesToReturn: '$none' }, [200]],
])(
  '%s answers %s',
  async (name, path, query, [status, body]) => {
    const call = await sandboxOf(`profile/${name}`, 1769, outdir);
    const answer = await call(getEvent(path, { accessTokenId, tenantName, ...query }));
    const { message } = { message: answer.body, ...(answer.statusCode === 400 ? JSON.parse(answer.body ?? '') : {}) };
    expect([answer.statusCode, message]).toEqual([status, body ?? expect.stringContaining('"attributes":{}')]);
  },
  60_000,
);

test('by_ids', async () => {
  const call = await sandboxOf('profile/get-profiles-by-ids', 1769, outdir);
  const ids = profiles.map(({ id }) => id).join(',');
  const answer = await call(getEvent('/profile/by_ids', { accessTokenId, id: ids, attributesToReturn: '$none' }));
  expect([answer.statusCode, JSON.parse(answer.body ?? '').length]).toEqual([200, 300]);
}, 60_000);

test('the worker settles them all within its memory', async () => {
  const call = await sandboxOf('sweep-tenants', 512, outdir);
  const form = { accessTokenId, role: 'A' };
  expect((await api.request('POST', `/tenant/${tenantName}/roles/remove`, { form })).status).toBe(200);
  await call({}, { timeMs: 50_000 });
  for (const from of [0, 100, 200]) {
    const stored = await findProfiles(profiles.slice(from, from + 100).map(({ id }) => id));
    expect(new Set(stored.map(({ roles }) => roles.length))).toEqual(new Set([0]));
  }
}, 120_000);
