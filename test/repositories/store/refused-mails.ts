import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { type Case, read, write } from './case.ts';
import type { Store } from './store.ts';
import { bury, goneProfile, storedProfile } from './world.ts';

const AT_MS = 7;

/** Whether it is listed, and when its mail was refused as the profile knows it. */
const heldOf =
  (store: Store, { id }: Profile) =>
  async () => [(await store.listRefusedMails()).includes(id), (await store.findProfile(id))?.mailRefusedAtMs];

/** A profile with a note, as it is stored then. */
async function refusedProfile(store: Store): Promise<Profile> {
  const profile = await storedProfile(store);
  await store.noteRefusedMail(profile, AT_MS);
  return { ...profile, revision: profile.revision + 1, mailRefusedAtMs: AT_MS };
}

/** What is promised of notes on mail that was refused. */
export const refusedMailCases: readonly Case[] = [
  write('noteRefusedMail', 'of a profile that is there', async (store) => {
    const profile = await storedProfile(store);
    return {
      call: () => store.noteRefusedMail(profile, AT_MS),
      answer: undefined,
      held: heldOf(store, profile),
      holds: [true, AT_MS],
    };
  }),
  write('noteRefusedMail', 'of one that is gone', async (store) => {
    const profile = await goneProfile(store);
    return {
      call: () => store.noteRefusedMail(profile, AT_MS),
      answer: undefined,
      held: heldOf(store, profile),
      holds: [false, undefined],
    };
  }),
  write('noteRefusedMail', 'a write that every other one sees', async (store) => {
    const profile = await storedProfile(store);
    return {
      call: () => store.noteRefusedMail(profile, AT_MS),
      answer: undefined,
      held: () => bury(store, profile),
      holds: false,
    };
  }),
  write('clearRefusedMail', 'of a profile that has one', async (store) => {
    const profile = await refusedProfile(store);
    return {
      call: () => store.clearRefusedMail(profile.id),
      answer: undefined,
      held: heldOf(store, profile),
      holds: [false, undefined],
    };
  }),
  write('clearRefusedMail', 'of one that is gone', async (store) => {
    const profile = await goneProfile(store);
    return {
      call: () => store.clearRefusedMail(profile.id),
      answer: undefined,
      held: heldOf(store, profile),
      holds: [false, undefined],
    };
  }),
  ...[false, true].map((listed) =>
    write(listed ? 'buryOrphan' : 'buryProfile', 'with the note on its mail', async (store) => {
      const profile = await refusedProfile(store);
      return {
        call: () => bury(store, profile, listed),
        answer: true,
        held: heldOf(store, profile),
        holds: [false, undefined],
      };
    }),
  ),
  read('listRefusedMails', 'whatever became of the profile', async (store) => {
    const { id } = await refusedProfile(store);
    return { call: async () => (await store.listRefusedMails()).includes(id), answer: true };
  }),
];
