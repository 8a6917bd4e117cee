import type { Profile } from '../../functions/shared/domain/profile/profile.ts';
import { deletePage } from '../../functions/shared/domain/sweep/deleted-tenant.ts';
import type { Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import {
  attachmentToItem,
  deleteAttachmentsOf,
  listAttachments,
} from '../../functions/shared/repositories/attachments.ts';
import { listObjects, putObject } from '../../functions/shared/repositories/bucket.ts';
import { findProfile } from '../../functions/shared/repositories/profiles.ts';
import { findUsername } from '../../functions/shared/repositories/usernames.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { loadProfiles, profileOfTenant } from '../support/many-profiles.ts';
import { eagerSweep, killedAt, sweepAll } from '../support/sweeping.ts';

let api: LocalApi;
let tenant: Tenant;
let profiles: readonly Profile[];
let count = 0;
const query = { accessTokenId: 'app-token' };

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  await api.seedAccessToken();
});
afterAll(() => api.stop());

/** More than one page. */
beforeEach(async () => {
  tenant = await api.seedTenant({ name: `tenant-${++count}` });
  profiles = Array.from({ length: 110 }, (_, index) => profileOfTenant(tenant, index));
  await loadProfiles(profiles);
});

const deleteTenant = () => api.request('POST', `/tenant/${tenant.name}/delete`, { query });
/** What the table still holds of the tenant of this test. */
async function left(): Promise<readonly string[]> {
  const items = await api.items('profiles');
  const ids = new Set(profiles.map(({ id }) => `PROFILE#${id}`));
  return items
    .filter(
      ({ pk, tenantId, sk }) =>
        ids.has(String(pk)) ||
        String(pk).startsWith(`INDEX#${tenant.id}#`) ||
        tenantId === tenant.id ||
        sk === tenant.id,
    )
    .map(({ pk, sk }) => `${pk} ${sk}`);
}

test('profiles, credentials, usernames and the work itself are gone', async () => {
  await deleteTenant();
  await sweepAll();
  expect(await left()).toEqual([]);
});

test('attachments go with their profile, those that no item knows too', async () => {
  const [profile] = profiles;
  const id = profile?.id ?? '';
  const attachment = {
    id: 'a',
    fileName: 'a.png',
    contentType: 'image/png',
    sizeBytes: 1,
    md5: '',
    objectKey: `${id}/1`,
  };
  await api.put('profiles', [attachmentToItem(id, attachment)]);
  await Promise.all([`${id}/1`, `${id}/orphan`].map((key) => putObject(key, new Uint8Array([1]), 'image/png')));
  await deleteTenant();
  await sweepAll({ deleteAttachmentsOf });
  expect([await left(), await listAttachments(id), await listObjects(`${id}/`)]).toEqual([[], [], []]);
});

test.each([
  ['buryOrphan', 60],
  ['deleteAttachmentsOf', 60],
  ['deleteTombstone', 60],
  ['deleteEntry', 60],
  ['saveSweep', 1],
  ['closeSweep', 1],
] as const)('a worker killed at %s leaves the rest to the next one', async (name, n) => {
  await deleteTenant();
  await expect(sweepAll(killedAt(n, [name]))).rejects.toThrow('Sweeps that failed: 1');
  expect(await left()).not.toEqual([]);
  await sweepAll();
  expect(await left()).toEqual([]);
});

test('two workers at once do no harm', async () => {
  await deleteTenant();
  await Promise.all([sweepAll(), sweepAll()]);
  expect(await left()).toEqual([]);
});

test('a tenant made anew under the same name keeps its profiles and their usernames', async () => {
  await deleteTenant();
  const anew = await api.seedTenant({ name: tenant.name });
  const taken = [0, 1, 2].map((index) => profileOfTenant(anew, index));
  await loadProfiles(taken);
  await sweepAll();
  expect(await left()).toEqual([]);
  for (const profile of taken) {
    expect(await findProfile(profile.id)).toEqual(profile);
    expect(await findUsername(anew.name, profile.username)).toEqual({ profileId: profile.id, tenantId: anew.id });
  }
});

test('a profile that was brought over to another tenant under its id is left alone', async () => {
  const [moved] = profiles;
  const id = moved?.id ?? '';
  const other = await api.seedTenant({ name: `other-${count}` });
  const there = profileOfTenant(other, 0, { id });
  await loadProfiles([there]);
  expect(await deletePage(eagerSweep, tenant.id, [id])).toEqual({ found: false, left: [] });
  expect(await findProfile(id)).toEqual(there);
});

test('a profile created by who still saw the tenant goes too', async () => {
  await deleteTenant();
  let late: Profile | undefined;
  await sweepAll({
    saveSweep: async (sweep, pass) => {
      if (pass?.scope === 'recent' && late === undefined) {
        late = profileOfTenant(tenant, 3_600_000);
        await loadProfiles([late]);
      }
      return eagerSweep.saveSweep(sweep, pass);
    },
  });
  expect(late).toBeDefined();
  expect(await left()).toEqual([]);
});

test('a tenant deleted while its change is being carried out goes as a whole', async () => {
  await api.request('POST', `/tenant/${tenant.name}/roles/remove`, { query, form: { role: 'A' } });
  let pages = 0;
  await sweepAll({
    saveSweep: async (...parameters) => {
      if (++pages === 1) await deleteTenant();
      return eagerSweep.saveSweep(...parameters);
    },
  });
  expect(await left()).toEqual([]);
});
