import type { Attachment } from '../../../functions/shared/domain/attachment/attachment-file.ts';
import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { type Case, read, unharmed, write } from './case.ts';
import type { Store } from './store.ts';
import {
  aProfile,
  bury,
  created,
  fresh,
  goneProfile,
  indexed,
  settling,
  storedProfile,
  storedTenant,
} from './world.ts';

const bytes = new Uint8Array([1, 2, 3]);

function anAttachment({ id }: Pick<Profile, 'id'>, partial: Partial<Attachment> = {}): Attachment {
  const unique = fresh('file');
  return {
    id: unique,
    fileName: 'face',
    contentType: 'image/png',
    sizeBytes: 3,
    md5: 'md5',
    objectKey: `${id}/${unique}`,
    ...partial,
  };
}

/** A profile with one attachment. */
async function withAttachment(store: Store): Promise<{ profile: Profile; old: Attachment }> {
  const profile = await storedProfile(store);
  const old = anAttachment(profile);
  await store.putObject(old.objectKey, bytes, old.contentType);
  await store.putAttachment(profile, old, undefined);
  return { profile, old };
}

const putting: readonly Case[] = [
  write('putAttachment', 'a new one', async (store) => {
    const profile = await storedProfile(store);
    const attachment = anAttachment(profile);
    return {
      call: () => store.putAttachment(profile, attachment, undefined),
      answer: 'stored',
      held: () => store.findAttachment(profile.id, 'face'),
      holds: attachment,
    };
  }),
  write('putAttachment', 'in place of the one that was read', async (store) => {
    const { profile, old } = await withAttachment(store);
    const next = anAttachment(profile, { replacedKey: old.objectKey });
    return {
      call: () => store.putAttachment(profile, next, old),
      answer: 'stored',
      held: () => store.listAttachments(profile.id),
      holds: [next],
    };
  }),
  write('putAttachment', 'of a profile that changed otherwise', async (store) => {
    const read = await storedProfile(store);
    await store.settleProfile(indexed(read), settling({ removeRoles: ['A'] }));
    return { call: () => store.putAttachment(read, anAttachment(read), undefined), answer: 'stored' };
  }),
  write('putAttachment', 'one of that name meanwhile', async (store) => {
    const { profile, old } = await withAttachment(store);
    return {
      call: () => store.putAttachment(profile, anAttachment(profile), undefined),
      answer: 'replacedMeanwhile',
      held: () => store.listAttachments(profile.id),
      holds: [old],
    };
  }),
  write('putAttachment', 'another one of that name meanwhile', async (store) => {
    const { profile, old } = await withAttachment(store);
    const now = anAttachment(profile);
    await store.putAttachment(profile, now, old);
    return {
      call: () => store.putAttachment(profile, anAttachment(profile), old),
      answer: 'replacedMeanwhile',
      held: () => store.listAttachments(profile.id),
      holds: [now],
    };
  }),
];

const goneMeanwhile: readonly (readonly [string, (store: Store) => Promise<Profile>])[] = [
  ['gone', goneProfile],
  [
    'buried',
    async (store) => {
      const profile = await storedProfile(store);
      await bury(store, profile);
      return profile;
    },
  ],
  [
    'of another tenant',
    async (store) => {
      const gone = await goneProfile(store);
      const now = aProfile(await storedTenant(store), { id: gone.id });
      await store.createProfile(created(now));
      return gone;
    },
  ],
];

const refused = goneMeanwhile.map(([when, prepare]) =>
  write('putAttachment', `the profile ${when} meanwhile`, async (store) => {
    const profile = await prepare(store);
    return {
      call: () => store.putAttachment(profile, anAttachment(profile), undefined),
      answer: 'profileGone',
      held: () => store.listAttachments(profile.id),
      holds: [],
    };
  }),
);

const deleting: readonly Case[] = [
  write('deleteAttachmentsOf', 'attachments, and an object that none of them knows', async (store) => {
    const { profile } = await withAttachment(store);
    await store.putAttachment(profile, anAttachment(profile, { fileName: 'other' }), undefined);
    await store.putObject(`${profile.id}/orphan`, bytes, 'image/png');
    const { profile: other, old: kept } = await withAttachment(store);
    return {
      call: () => store.deleteAttachmentsOf(profile.id),
      answer: undefined,
      held: async () => [
        await store.listAttachments(profile.id),
        await store.listObjects(`${profile.id}/`),
        await store.findProfile(profile.id),
        await store.listAttachments(other.id),
        await store.listObjects(`${other.id}/`),
      ],
      holds: [[], [], profile, [kept], [kept.objectKey]],
    };
  }),
  read('deleteAttachmentsOf', 'none', async (store) => ({
    call: () => store.deleteAttachmentsOf(fresh('none')),
    answer: undefined,
  })),
];

const reading: readonly Case[] = [
  read('findAttachment', 'one that is there', async (store) => {
    const { profile, old } = await withAttachment(store);
    return { call: () => store.findAttachment(profile.id, old.fileName), answer: old };
  }),
  read('findAttachment', 'none of that name', async (store) => {
    const { profile } = await withAttachment(store);
    return { call: () => store.findAttachment(profile.id, 'fac'), answer: undefined };
  }),
  read('listAttachments', 'two, by name', async (store) => {
    const { profile, old } = await withAttachment(store);
    const first = anAttachment(profile, { fileName: 'a face' });
    await store.putAttachment(profile, first, undefined);
    return { call: () => store.listAttachments(profile.id), answer: [first, old] };
  }),
  read('listAttachments', 'none', async (store) => ({
    call: () => store.listAttachments(fresh('none')),
    answer: [],
  })),
];

const objects: readonly Case[] = [
  unharmed('putObject', 'in place of another', async (store) => {
    const key = fresh('object');
    await store.putObject(key, bytes, 'image/png');
    return {
      call: () => store.putObject(key, bytes.slice(1), 'image/gif'),
      answer: undefined,
      held: async () => [...((await store.findObject(key)) ?? [])],
      holds: [2, 3],
    };
  }),
  unharmed('findObject', 'none', async (store) => ({ call: () => store.findObject(fresh('none')), answer: undefined })),
  unharmed('listObjects', 'those whose keys begin so', async (store) => {
    const key = fresh('list');
    for (const name of ['/b', '/a', 'x/c']) await store.putObject(`${key}${name}`, bytes, 'image/png');
    return { call: () => store.listObjects(`${key}/`), answer: [`${key}/a`, `${key}/b`] };
  }),
  unharmed('deleteObjects', 'one that is there, and one that is not', async (store) => {
    const key = fresh('object');
    await store.putObject(key, bytes, 'image/png');
    return {
      call: () => store.deleteObjects([key, fresh('none')]),
      answer: undefined,
      held: () => store.listObjects(key),
      holds: [],
    };
  }),
];

/** What is promised of attachments and their objects. */
export const attachmentCases: readonly Case[] = [...putting, ...refused, ...deleting, ...reading, ...objects];
