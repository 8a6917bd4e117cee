import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changedTenant } from '../../functions/shared/domain/tenant/change-tenant.ts';
import { carriedOut } from '../../functions/shared/domain/tenant/pending-changes.ts';
import type { Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import { JsonText } from '../../functions/shared/domain/values/json-text.ts';
import { plainClient } from '../../functions/shared/repositories/dynamodb/client.ts';
import { tenantToItems } from '../../functions/shared/repositories/tenant-items.ts';
import { deleteTenant, findTenant, updateTenantAndSweep } from '../../functions/shared/repositories/tenants.ts';
import { runExport } from '../../lib/export/run-export.ts';
import { definition } from '../support/definitions.ts';
import { documentsOf } from '../support/exported-documents.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

const directory = mkdtempSync(join(tmpdir(), 'export-'));
const options = {
  format: 'own',
  withSecrets: true,
  withAttachments: false,
  tenant: undefined,
  stage: 'local',
} as const;
const MANY = 250;
let api: LocalApi;
let made = 0;
/** Happens once some profiles were read, before anybody hears of them. */
let meanwhile: ((keys: string) => Promise<unknown>) | undefined;

async function exported() {
  const path = join(directory, `${++made}`);
  return { path, ...(await runExport(path, options)) };
}

function installMeanwhile() {
  plainClient().middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const keys = JSON.stringify(args.input);
      if (keys.includes('CREDENTIALS')) await meanwhile?.(keys);
      return result;
    },
    { step: 'initialize', name: 'testMeanwhile' },
  );
}

async function current(name = 'big'): Promise<Tenant> {
  const tenant = await findTenant(name);
  if (tenant === undefined) throw new Error('There is no tenant');
  return tenant;
}

async function change(partial: Parameters<typeof changedTenant>[1]) {
  expect(await updateTenantAndSweep(changedTenant(await current(), partial, Date.now()))).toBe(true);
}

const once = (work: () => Promise<unknown>) => {
  meanwhile = async () => {
    meanwhile = undefined;
    await work();
  };
};

beforeAll(async () => {
  api = await startLocalApi();
  installMeanwhile();
});
afterAll(() => {
  rmSync(directory, { recursive: true });
  return api.stop();
});
beforeEach(async () => {
  meanwhile = undefined;
  for (const table of ['profiles', 'tokens', 'tickets'] as const) await api.clear(table);
  await api.seedTenant({ id: '5a0000000000000000000001', name: 'aside' });
  await api.seedTenant({
    id: '5a0000000000000000000002',
    name: 'big',
    availableRoles: ['GOES', 'STAYS'],
    attributeDefinitions: [definition('goes')],
  });
  await api.seedProfile({ tenant: 'aside', username: 'aside' });
});

async function seedMany() {
  const attributes = new Map([['goes', new JsonText('1')]]);
  for (let at = 0; at < MANY; at++)
    await api.seedProfile({ tenant: 'big', username: `u${at}`, roles: ['GOES', 'STAYS'], attributes });
}

test('profiles are shown as open changes of their tenant make them', async () => {
  const attributes = new Map([['goes', new JsonText('1')]]);
  await api.seedProfile({ tenant: 'big', username: 'lags', roles: ['GOES', 'STAYS'], attributes });
  await change({
    availableRoles: ['STAYS'],
    removeRoles: ['GOES'],
    attributeDefinitions: [definition('comes', { defaultValue: 2 })],
    removeAttributes: ['goes'],
    defaults: new Map([['comes', new JsonText('2')]]),
  });
  const { path } = await exported();
  expect(documentsOf(path, 'profile.jsonl')[1]).toMatchObject({ roles: ['STAYS'], attributes: { comes: 2 } });
  expect(documentsOf(path, 'profile.jsonl')[1].attributes).toEqual({ comes: 2 });
});

test('a change that is carried out between the profile’s read and the tenant’s counts, too', async () => {
  const { id } = await api.seedProfile({ tenant: 'big', username: 'lags', roles: ['GOES', 'STAYS'] });
  await change({ availableRoles: ['STAYS'], removeRoles: ['GOES'] });
  let isDone = false;
  meanwhile = async (keys) => {
    if (isDone || !keys.includes(id)) return;
    isDone = true;
    const tenant = await current();
    await api.put('profiles', Object.values(tenantToItems(carriedOut(tenant, tenant.version))));
  };
  const { path } = await exported();
  expect([isDone, documentsOf(path, 'profile.jsonl')[1].roles]).toEqual([true, ['STAYS']]);
});

test('a tenant that loses a role and an attribute meanwhile is begun anew, each profile once', async () => {
  await seedMany();
  once(() =>
    change({
      availableRoles: ['STAYS'],
      removeRoles: ['GOES'],
      attributeDefinitions: [],
      removeAttributes: ['goes'],
    }),
  );
  const { path, manifest } = await exported();
  const profiles = documentsOf(path, 'profile.jsonl');
  expect(new Set(profiles.map(({ username }) => username)).size).toBe(MANY + 1);
  expect(profiles).toHaveLength(MANY + 1);
  const odd = profiles.filter(({ roles, attributes }) => roles.includes('GOES') || 'goes' in attributes);
  expect([odd, manifest.files['profile.jsonl']?.documents]).toEqual([[], MANY + 1]);
  expect(documentsOf(path, 'tenant.jsonl')[1].availableRoles).toEqual(['STAYS']);
}, 30_000);

test('a role goes that only profiles have', async () => {
  await seedMany();
  once(() => change({ removeRoles: ['GOES'] }));
  const { path } = await exported();
  expect(documentsOf(path, 'profile.jsonl').filter(({ roles }) => roles.includes('GOES'))).toEqual([]);
}, 30_000);

test('a tenant that is deleted meanwhile is not in it, and is told', async () => {
  await seedMany();
  let isDeleted = false;
  meanwhile = async () => {
    const big = await findTenant('big');
    if (big !== undefined && !isDeleted) isDeleted = await deleteTenant(big, Date.now());
  };
  const { path, gone } = await exported();
  expect(gone).toEqual(['big']);
  expect(documentsOf(path, 'tenant.jsonl').map(({ name }) => name)).toEqual(['aside']);
  expect(documentsOf(path, 'profile.jsonl').map(({ username }) => username)).toEqual(['aside']);
}, 30_000);

test('a tenant that changes again and again ends the export, which has no manifest', async () => {
  await api.seedProfile({ tenant: 'big', username: 'one' });
  let roles = 0;
  meanwhile = () => change({ availableRoles: [`R${++roles}`] });
  await expect(exported()).rejects.toThrow('Tenant "big" got other roles or definitions during each of 5 tries');
  expect(existsSync(join(directory, `${made}`, 'manifest.json'))).toBe(false);
});
