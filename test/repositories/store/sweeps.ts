import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { type Case, read, write } from './case.ts';
import type { Store } from './store.ts';
import { bury, clearingOf, inTime, storedProfile, storedTenant, sweepOf, sweptTenant } from './world.ts';

const pass = { scope: 'all', version: 4, beganAtMs: 1, dueAtMs: 2, found: false, left: [] } as const;
const start = { after: undefined, sinceMs: undefined };

const writing: readonly Case[] = [
  write('saveSweep', 'as it was read', async (store) => {
    const { tenant, sweep } = await sweptTenant(store);
    return {
      call: () => store.saveSweep(sweep, pass),
      answer: true,
      held: () => sweepOf(store, tenant),
      holds: { ...sweep, pass, revision: expect.not.stringMatching(`^${sweep.revision}$`) },
    };
  }),
  write('saveSweep', 'not begun, which is another revision too', async (store) => {
    const { tenant, sweep } = await sweptTenant(store);
    return {
      call: () => store.saveSweep(sweep, undefined),
      answer: true,
      held: () => sweepOf(store, tenant),
      holds: { ...sweep, revision: expect.not.stringMatching(`^${sweep.revision}$`) },
    };
  }),
  write('saveSweep', 'saved by somebody else meanwhile', async (store) => {
    const { tenant, sweep } = await sweptTenant(store);
    await store.saveSweep(sweep, { ...pass, after: 'further' });
    return {
      call: () => store.saveSweep(sweep, pass),
      answer: false,
      held: async () => (await sweepOf(store, tenant))?.pass,
      holds: { ...pass, after: 'further' },
    };
  }),
  write('saveSweep', 'closed meanwhile', async (store) => {
    const { tenant, sweep } = await sweptTenant(store);
    await store.closeSweep(sweep);
    return {
      call: () => store.saveSweep(sweep, pass),
      answer: false,
      held: () => sweepOf(store, tenant),
      holds: undefined,
    };
  }),
  write('closeSweep', 'as it was read', async (store) => {
    const { tenant, sweep } = await sweptTenant(store);
    return { call: () => store.closeSweep(sweep), answer: true, held: () => sweepOf(store, tenant), holds: undefined };
  }),
  write('closeSweep', 'opened again meanwhile', async (store) => {
    const { tenant, sweep } = await sweptTenant(store);
    await store.updateTenantAndSweep({ ...tenant, version: tenant.version + 1 });
    return {
      call: () => store.closeSweep(sweep),
      answer: false,
      held: async () => (await sweepOf(store, tenant))?.kind,
      holds: 'settle',
    };
  }),
  write('closeSweep', 'closed already', async (store) => {
    const { sweep } = await sweptTenant(store);
    await store.closeSweep(sweep);
    return { call: () => store.closeSweep(sweep), answer: false };
  }),
];

/** What is left to do of a profile. */
async function buried(store: Store) {
  const profile = await storedProfile(store);
  await bury(store, profile);
  const sweep = await clearingOf(store, profile);
  if (sweep === undefined) throw new Error('The burial has opened nothing');
  return { profile, sweep };
}

const clearing: readonly Case[] = [
  write('saveSweep', 'of a profile, which is another revision', async (store) => {
    const { profile, sweep } = await buried(store);
    return {
      call: () => store.saveSweep(sweep, undefined),
      answer: true,
      held: () => clearingOf(store, profile),
      holds: { ...sweep, revision: expect.not.stringMatching(`^${sweep.revision}$`) },
    };
  }),
  write('saveSweep', 'of a profile whose deletion has come to its end, and not back by it', async (store) => {
    const { profile, sweep } = await buried(store);
    await store.deleteTombstone(profile.id);
    return {
      call: () => store.saveSweep(sweep, undefined),
      answer: false,
      held: () => clearingOf(store, profile),
      holds: undefined,
    };
  }),
  write('closeSweep', 'of a profile', async (store) => {
    const { profile, sweep } = await buried(store);
    return {
      call: () => store.closeSweep(sweep),
      answer: true,
      held: () => clearingOf(store, profile),
      holds: undefined,
    };
  }),
  write('closeSweep', 'of a profile with the id of a tenant, whose sweep stays', async (store) => {
    const { tenant, sweep: ofTenant } = await sweptTenant(store);
    await bury(store, await storedProfile(store, { of: tenant, id: tenant.id }));
    const sweep = await clearingOf(store, tenant);
    if (sweep === undefined) throw new Error('The burial has opened nothing');
    return { call: () => store.closeSweep(sweep), answer: true, held: () => sweepOf(store, tenant), holds: ofTenant };
  }),
];

/** What uploads have left of a profile. */
const leftoversOf = async (store: Store, { id }: Pick<Profile, 'id'>) =>
  (await store.listSweeps()).filter((sweep) => sweep.kind === 'clear' && sweep.profileId === id && sweep.id !== id);
const leftover = (profile: Profile) => ({
  id: expect.any(String),
  profileId: profile.id,
  kind: 'clear',
  openedAtMs: 9,
  revision: expect.any(String),
});

const reporting: readonly Case[] = [
  write('reportLeftover', 'of an upload, which the end of the deletion does not close', async (store) => {
    const { profile } = await buried(store);
    return {
      call: () => store.reportLeftover(profile.id, 9),
      answer: undefined,
      held: async () => {
        await store.deleteTombstone(profile.id);
        return leftoversOf(store, profile);
      },
      holds: [leftover(profile)],
    };
  }),
  write('closeSweep', 'of an upload, but for that of another one', async (store) => {
    const profile = await storedProfile(store);
    for (let count = 0; count < 2; count++) await store.reportLeftover(profile.id, 9);
    const [sweep] = await leftoversOf(store, profile);
    if (sweep === undefined) throw new Error('Nothing was opened');
    return {
      call: () => store.closeSweep(sweep),
      answer: true,
      held: () => leftoversOf(store, profile),
      holds: [leftover(profile)],
    };
  }),
];

const reading: readonly Case[] = [
  read('listSweeps', 'of a profile that was just buried', async (store) => {
    const { profile } = await buried(store);
    return {
      call: () => clearingOf(store, profile),
      answer: { id: profile.id, profileId: profile.id, kind: 'clear', openedAtMs: 9, revision: expect.any(String) },
    };
  }),
  read('listSweeps', 'one that was just opened', async (store) => {
    const { tenant } = await sweptTenant(store);
    return {
      call: () => sweepOf(store, tenant),
      answer: { tenantId: tenant.id, tenant: tenant.name, kind: 'settle', revision: expect.any(String) },
    };
  }),
  read('listSweepPage', 'three profiles, one of them a tombstone, in pages', async (store) => {
    const tenant = await storedTenant(store);
    const [a, b, c] = [
      await storedProfile(store, { of: tenant }),
      await storedProfile(store, { of: tenant }),
      await storedProfile(store, { of: tenant }),
    ];
    await bury(store, b, true);
    await inTime(
      () => store.listSweepPage(tenant.id, start, 9),
      ({ ids }) => ids.length === 3,
    );
    const pages = async () => {
      const first = await store.listSweepPage(tenant.id, start, 2);
      const second = await store.listSweepPage(tenant.id, { after: first.next, sinceMs: undefined }, 2);
      return [first.ids, second];
    };
    return { call: pages, answer: [[a.id, b.id], { ids: [c.id], next: undefined }] };
  }),
  read('listSweepPage', 'those made since a time', async (store) => {
    const tenant = await storedTenant(store);
    await storedProfile(store, { of: tenant, createdAtMs: 1000 });
    const { id } = await storedProfile(store, { of: tenant, createdAtMs: 2000 });
    const since = () => store.listSweepPage(tenant.id, { after: undefined, sinceMs: 2000 }, 9);
    await inTime(since, ({ ids }) => ids.length === 1);
    return { call: since, answer: { ids: [id], next: undefined } };
  }),
];

/** What is promised of sweeps: work on a tenant's profiles that is open. */
export const sweepCases: readonly Case[] = [...writing, ...clearing, ...reporting, ...reading];
