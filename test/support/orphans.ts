import { places } from '../../functions/shared/config/calls.ts';
import type { Profile } from '../../functions/shared/domain/profile/profile.ts';
import { objectKeysOf } from '../../functions/shared/repositories/attachments.ts';
import { listObjects } from '../../functions/shared/repositories/bucket.ts';
import { loginKey, profileIdOf } from '../../functions/shared/repositories/dynamodb/keys.ts';
import { profileOf, profileToItem } from '../../functions/shared/repositories/profiles.ts';
import type { Seed } from './seed.ts';
import { differencesOfIndex } from './stored-index.ts';

type Item = Readonly<Record<string, unknown>>;

/** All that is stored, while no request is under way. */
export interface Stored {
  /** The Profiles table. */
  readonly profiles: readonly Item[];
  readonly tokens: readonly Item[];
  readonly tickets: readonly Item[];
  /** Keys of the bucket. */
  readonly objects: readonly string[];
}

export async function readStored({ items }: Pick<Seed, 'items'>): Promise<Stored> {
  const [profiles, tokens, tickets] = [await items('profiles'), await items('tokens'), await items('tickets')];
  return { profiles, tokens, tickets, objects: await listObjects('') };
}

const text = (value: unknown) => String(value);
const keyOf = ({ pk, sk }: Item) => `${pk} ${sk}`;
const isUnder = (leadingKey: string, { pk }: Item) =>
  leadingKey.endsWith('*') ? text(pk).startsWith(leadingKey.slice(0, -1)) : pk === leadingKey;
const isIn = (place: keyof typeof places, item: Item) => isUnder(places[place].leadingKey, item);

const isOneProfile = (item: Item) => isIn('profile', item) && item.sk === 'PROFILE';
const isTombstone = (item: Item) => isOneProfile(item) && item.deletedAtMs !== undefined;
const isCredentials = (item: Item) => isIn('profile', item) && item.sk === 'CREDENTIALS';
const isAttachment = (item: Item) => isIn('profile', item) && text(item.sk).startsWith('ATTACHMENT#');
const isOfProfile = (item: Item) => isOneProfile(item) || isCredentials(item) || isAttachment(item);
const isOfKnownKind = (item: Item) =>
  isIn('profile', item)
    ? isOfProfile(item)
    : Object.values(places).some(({ table, leadingKey }) => table === 'profiles' && isUnder(leadingKey, item));

/** What is stored, by kind, and the ways from one item to another. */
function viewOf({ profiles: items, tokens, tickets, objects }: Stored) {
  const refusedMails = items.filter((item) => isIn('refusedMail', item));
  const refused = new Set(refusedMails.map(({ sk }) => sk));
  const profiles = items.filter(isOneProfile).flatMap((item) => profileOf({ ...item }) ?? []);
  const tenants = items.filter((item) => isIn('tenant', item));
  const sweeps = items.filter((item) => isIn('sweep', item));
  const clearings = sweeps.filter(({ kind }) => kind === 'clear');
  const beingCleared = new Set(clearings.map(({ profileId }) => `PROFILE#${profileId}`));
  const byKey = new Map([...items, ...tokens].map((item) => [keyOf(item), item]));
  const deletions = new Set(sweeps.filter(({ kind }) => kind === 'delete').map(({ sk }) => sk));
  const profileIds = new Map(profiles.map((profile) => [profile.id, profile]));
  return {
    items,
    sessions: [...tokens.filter((item) => !isIn('accessToken', item) && !isIn('accessTokenBody', item)), ...tickets],
    heads: [...tenants, ...tokens.filter((item) => isIn('accessToken', item))],
    bodies: [
      ...items.filter((item) => isIn('tenantBody', item)),
      ...tokens.filter((item) => isIn('accessTokenBody', item)),
    ],
    bodyOf: ({ pk, sk }: Item) => byKey.get(`${pk}_BODY ${sk}`),
    headOf: ({ pk, sk }: Item) => byKey.get(`${text(pk).replace(/_BODY$/, '')} ${sk}`),
    objects: new Set(objects),
    profiles,
    tenants,
    sweeps: sweeps.filter(({ kind }) => kind !== 'clear'),
    clearings,
    tombstones: items.filter(isTombstone),
    usernames: items.filter((item) => isIn('username', item)),
    credentials: items.filter(isCredentials),
    attachments: items.filter(isAttachment),
    refusedMails,
    hashNotes: items.filter((item) => isIn('hashNote', item) || isIn('firebaseKeys', item)),
    /** Whether it is found among those whose mail was refused. */
    isListedAsRefused: ({ id }: Profile) => refused.has(id),
    tenantIds: new Set(tenants.map(({ tenantId }) => tenantId)),
    profileOf: (id: unknown) => profileIds.get(text(id)),
    ownerOf: ({ pk }: Item) => profileIds.get(profileIdOf(text(pk))),
    credentialsOf: ({ id }: Profile) => byKey.get(`PROFILE#${id} CREDENTIALS`),
    usernameOf: ({ tenant, username }: Profile) => byKey.get(keyOf({ ...loginKey(tenant, username) })),
    /** Whether the worker goes through the profiles of this tenant and deletes them. */
    isBeingDeleted: (tenantId: unknown) => deletions.has(tenantId),
    /** Whether the worker clears what is left under this key of a profile. */
    isBeingCleared: ({ pk }: Item) => beingCleared.has(text(pk)),
  };
}

type View = ReturnType<typeof viewOf>;
const profileKeys = (profiles: readonly Profile[]) => profiles.map(({ id }) => `PROFILE#${id} PROFILE`);
const keysOf = (items: readonly Item[]) => items.map(keyOf);

/** The keys of the index that follow from a profile's values. */
const hasItsIndexKeys = (item: Item) => {
  const profile = profileOf({ ...item });
  if (profile === undefined)
    return [item.username, item.emailKey, item.emailOrderKey].every((key) => key === undefined);
  const { createdKey, emailKey, emailOrderKey } = profileToItem(profile);
  // What is from before the index has no such key.
  const isInOrder = profile.shard === undefined && item.emailOrderKey === undefined;
  const isSame = item.createdKey === createdKey && item.emailKey === emailKey;
  return isSame && (isInOrder || item.emailOrderKey === emailOrderKey);
};

/** Whether they are head and body of one version of the same thing. */
const isSameVersion = (head: Item | undefined, body: Item | undefined) =>
  head !== undefined && body !== undefined && head.bodyVersion === body.bodyVersion && head.tenantId === body.tenantId;

/**
 * What must not be, each by the keys of the items that are so (data model, sections 1, 2 and 4). What an open sweep is about to take away, and what
 * the store drops by itself, is no orphan.
 */
const rules = {
  'a username without its profile': (view: View) =>
    keysOf(view.usernames.filter(({ profileId }) => view.profileOf(profileId) === undefined)),

  'a username that its profile does not have': (view: View) =>
    keysOf(
      view.usernames.filter((item) => {
        const profile = view.profileOf(item.profileId);
        return profile !== undefined && loginKey(profile.tenant, profile.username).pk !== item.pk;
      }),
    ),

  'a profile without its username': (view: View) =>
    profileKeys(
      view.profiles.filter((profile) => {
        const held = view.usernameOf(profile);
        const isItsOwn = held?.profileId === profile.id && held.tenantId === profile.tenantId;
        return !isItsOwn && !view.isBeingDeleted(profile.tenantId);
      }),
    ),

  'a profile without credentials': (view: View) =>
    profileKeys(view.profiles.filter((profile) => view.credentialsOf(profile) === undefined)),

  'credentials of nobody': (view: View) => keysOf(view.credentials.filter((item) => view.ownerOf(item) === undefined)),

  'credentials of another epoch than their profile': (view: View) =>
    profileKeys(
      view.profiles.filter((profile) => {
        const credentials = view.credentialsOf(profile);
        return credentials !== undefined && credentials.credentialEpoch !== profile.credentialEpoch;
      }),
    ),

  'a profile of no tenant': (view: View) =>
    profileKeys(
      view.profiles.filter(({ tenantId }) => !view.tenantIds.has(tenantId) && !view.isBeingDeleted(tenantId)),
    ),

  'a profile whose index keys are not those of its values': (view: View) =>
    keysOf(view.items.filter((item) => isOneProfile(item) && !hasItsIndexKeys(item))),

  'an entry of the index that its profile does not have': (view: View) =>
    differencesOfIndex(view.items, view.isBeingDeleted).needless,

  'a profile without an entry of the index': (view: View) =>
    differencesOfIndex(view.items, view.isBeingDeleted).missing,

  'an attachment of nobody': (view: View) =>
    keysOf(view.attachments.filter((item) => view.ownerOf(item) === undefined)),

  'an attachment without its object': (view: View) =>
    keysOf(view.attachments.filter(({ objectKey }) => !view.objects.has(text(objectKey)))),

  'an object of no attachment': (view: View) => {
    const inUse = new Set(view.attachments.map(({ objectKey }) => objectKey));
    return [...view.objects].filter((key) => !inUse.has(key));
  },

  'an object under another profile than its attachment': (view: View) =>
    keysOf(
      view.attachments.filter(({ pk, objectKey }) => !text(objectKey).startsWith(objectKeysOf(profileIdOf(text(pk))))),
    ),

  'a tombstone that nothing clears': (view: View) =>
    keysOf(
      view.tombstones.filter((item) => {
        const isSwept = view.isBeingDeleted(item.tenantId) && item.createdKey !== undefined;
        return !isSwept && !view.isBeingCleared(item);
      }),
    ),

  'a deletion to be finished of a profile that is there': (view: View) =>
    keysOf(view.clearings.filter(({ profileId, id }) => id === profileId && view.profileOf(profileId) !== undefined)),

  'a refused mail that its profile does not know of': (view: View) =>
    keysOf(view.refusedMails.filter(({ sk }) => view.profileOf(sk)?.mailRefusedAtMs === undefined)),

  'a profile whose refused mail nobody finds': (view: View) =>
    profileKeys(
      view.profiles.filter((profile) => profile.mailRefusedAtMs !== undefined && !view.isListedAsRefused(profile)),
    ),

  'a note on hashes, or keys of such, of a tenant that knows of none': (view: View) =>
    keysOf(
      view.hashNotes.filter(
        ({ sk }) => !view.tenants.some((head) => head.tenantId === sk && head.foreignHashes !== undefined),
      ),
    ),

  'a tenant with foreign hashes that no note ends': (view: View) =>
    keysOf(
      view.tenants.filter(
        ({ tenantId, foreignHashes }) =>
          foreignHashes !== undefined && !view.hashNotes.some((item) => isIn('hashNote', item) && item.sk === tenantId),
      ),
    ),

  'a sweep of nobody': (view: View) =>
    keysOf(view.sweeps.filter(({ sk, kind }) => view.tenantIds.has(sk) === (kind === 'delete'))),

  'changes of a tenant that no sweep carries out': (view: View) =>
    keysOf(
      view.tenants.filter((head) => {
        const { pending } = head.bodyVersion === undefined ? head : (view.bodyOf(head) ?? head);
        return pending !== '[]' && !view.sweeps.some(({ sk }) => sk === head.tenantId);
      }),
    ),

  'a body that no head names': (view: View) =>
    keysOf(view.bodies.filter((body) => !isSameVersion(view.headOf(body), body))),

  'a head without the body that it names': (view: View) =>
    keysOf(view.heads.filter((head) => head.bodyVersion !== undefined && !isSameVersion(head, view.bodyOf(head)))),

  'a session or token that never ends': (view: View) =>
    keysOf(view.sessions.filter(({ expiresAtSeconds }) => typeof expiresAtSeconds !== 'number')),

  'an item of no known kind': (view: View) => keysOf(view.items.filter((item) => !isOfKnownKind(item))),
} as const satisfies Record<string, (view: View) => readonly string[]>;

/** What an orphan is, in words. */
export type OrphanRule = keyof typeof rules;

/** Every orphan: the rule that found it, and its key. */
export function orphansIn(stored: Stored): readonly string[] {
  const view = viewOf(stored);
  return Object.entries(rules).flatMap(([rule, find]) => find(view).map((key) => `${rule}: ${key}`));
}

/** Every orphan of what is stored now. */
export const findOrphans = async (api: Pick<Seed, 'items'>): Promise<readonly string[]> =>
  orphansIn(await readStored(api));
