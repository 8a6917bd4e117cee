import type { HashNote } from '../../../functions/shared/domain/sign-in/foreign/hash-note.ts';
import type { Tenant } from '../../../functions/shared/domain/tenant/tenant.ts';
import { batchRead, type Case, read, write } from './case.ts';
import type { Store } from './store.ts';
import { aTenant, storedProfile, storedTenant } from './world.ts';

const firebaseKeys = { signerKey: 'c2lnbmVy', saltSeparator: 'Bw==' };
const kinds = ['$2b$10', '$firescrypt$ln=14,r=8,p=1'];
const noted = { kinds, firebaseKeys, atMs: 7 };
const anyText = expect.any(String);

const noteOf = async (store: Store, { id }: Tenant) =>
  (await store.listHashNotes()).find(({ tenantId }) => tenantId === id);

/** What is held of it: the tenant's kinds and version, the note, the keys. */
const heldOf = (store: Store, tenant: Tenant) => async () => {
  const now = await store.findTenant(tenant.name);
  return [now?.foreignHashes, now?.version, await noteOf(store, tenant), await store.findFirebaseKeys(tenant.id)];
};

const holding = ({ id, name, version }: Tenant, atMs = noted.atMs) => [
  kinds,
  version + 1,
  { tenantId: id, tenant: name, notedAtMs: atMs, revision: anyText },
  firebaseKeys,
];

/** A tenant with a note, as it is stored then. */
async function notedTenant(store: Store): Promise<{ tenant: Tenant; note: HashNote }> {
  const before = await storedTenant(store);
  await store.noteHashKinds(before, noted);
  const tenant = { ...before, foreignHashes: kinds, version: before.version + 1 };
  const note = await noteOf(store, tenant);
  if (note === undefined) throw new Error('There is no note');
  return { tenant, note };
}

/** What is promised of notes on hashes of other identity stores. */
export const hashNoteCases: readonly Case[] = [
  write('noteHashKinds', 'of a tenant without any', async (store) => {
    const tenant = await storedTenant(store);
    return {
      call: () => store.noteHashKinds(tenant, noted),
      answer: 'noted',
      held: heldOf(store, tenant),
      holds: holding(tenant),
    };
  }),
  write('noteHashKinds', 'anew, which begins the look from the first profile', async (store) => {
    const { tenant, note } = await notedTenant(store);
    await store.saveHashNote(note, 'b');
    return {
      call: () => store.noteHashKinds(tenant, { ...noted, atMs: 8 }),
      answer: 'noted',
      held: heldOf(store, tenant),
      holds: holding(tenant, 8),
    };
  }),
  write('noteHashKinds', 'of a tenant that changed meanwhile', async (store) => {
    const { tenant } = await notedTenant(store);
    const asRead = { ...tenant, version: tenant.version - 1 };
    return {
      call: () => store.noteHashKinds(asRead, { ...noted, kinds: [], atMs: 8 }),
      answer: 'changed',
      held: heldOf(store, tenant),
      holds: holding(asRead),
    };
  }),
  write('noteHashKinds', 'of one that is gone', async (store) => {
    const gone = aTenant();
    return {
      call: () => store.noteHashKinds(gone, noted),
      answer: 'changed',
      held: heldOf(store, gone),
      holds: [undefined, undefined, undefined, undefined],
    };
  }),
  write('noteHashKinds', 'with the keys of another project', async (store) => {
    const { tenant } = await notedTenant(store);
    const other = { ...firebaseKeys, signerKey: 'b3RoZXI=' };
    return {
      call: () => store.noteHashKinds(tenant, { ...noted, firebaseKeys: other, atMs: 8 }),
      answer: 'otherKeys',
      held: heldOf(store, tenant),
      holds: holding({ ...tenant, version: tenant.version - 1 }),
    };
  }),
  write('noteHashKinds', 'a change that leaves the rest of the tenant', async (store) => {
    const tenant = await storedTenant(store);
    return {
      call: () => store.noteHashKinds(tenant, noted),
      answer: 'noted',
      held: () => store.findTenant(tenant.name),
      holds: { ...tenant, foreignHashes: kinds, version: tenant.version + 1 },
    };
  }),
  write('updateTenant', 'with a note, which stays', async (store) => {
    const { tenant } = await notedTenant(store);
    return {
      call: () => store.updateTenant({ ...tenant, version: tenant.version + 1, ssoEnabled: true }),
      answer: true,
      held: heldOf(store, tenant),
      holds: holding(tenant),
    };
  }),
  write('saveHashNote', 'of a note as it was read', async (store) => {
    const { tenant, note } = await notedTenant(store);
    return {
      call: () => store.saveHashNote(note, 'b'),
      answer: undefined,
      held: () => noteOf(store, tenant),
      holds: { ...note, after: 'b' },
    };
  }),
  write('saveHashNote', 'of one that was written anew', async (store) => {
    const { tenant, note } = await notedTenant(store);
    await store.noteHashKinds(tenant, noted);
    return {
      call: () => store.saveHashNote(note, 'b'),
      answer: undefined,
      held: () => noteOf(store, tenant),
      holds: { ...note, revision: expect.not.stringMatching(`^${note.revision}$`) },
    };
  }),
  write('endHashNote', 'as it was read', async (store) => {
    const { tenant, note } = await notedTenant(store);
    return {
      call: () => store.endHashNote(note),
      answer: undefined,
      held: heldOf(store, tenant),
      holds: [undefined, tenant.version + 1, undefined, undefined],
    };
  }),
  write('endHashNote', 'written anew', async (store) => {
    const { tenant, note } = await notedTenant(store);
    await store.noteHashKinds(tenant, noted);
    return {
      call: () => store.endHashNote(note),
      answer: undefined,
      held: heldOf(store, tenant),
      holds: holding(tenant),
    };
  }),
  write('deleteTenant', 'with its note and its keys', async (store) => {
    const { tenant } = await notedTenant(store);
    return {
      call: () => store.deleteTenant(tenant, 9),
      answer: true,
      held: heldOf(store, tenant),
      holds: [undefined, undefined, undefined, undefined],
    };
  }),
  read('findFirebaseKeys', 'of a tenant without any', async (store) => {
    const { id } = await storedTenant(store);
    return { call: () => store.findFirebaseKeys(id), answer: undefined };
  }),
  read('listHashNotes', 'of every tenant', async (store) => {
    const { tenant, note } = await notedTenant(store);
    return { call: () => noteOf(store, tenant), answer: note };
  }),
  batchRead('findManyCredentials', 'of profiles that are there', async (store) => {
    const { id } = await storedProfile(store);
    const there = await store.findCredentials(id);
    return { call: () => store.findManyCredentials([id, 'gone']), answer: [there] };
  }),
];
