import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import type { Credentials } from '../../../functions/shared/domain/sign-in/credentials.ts';
import { type Case, write } from './case.ts';
import type { Store } from './store.ts';
import { credentialsOf, goneProfile, indexed, storedProfile } from './world.ts';

/** Locks from the tenth failure on. */
const failure = (attemptsRead: number) => ({ attemptsRead, lockAfter: 10, atMs: 77 });

/** A profile with so many failures. */
async function failed(store: Store, credentials: Partial<Credentials>): Promise<Profile> {
  return storedProfile(store, { credentials });
}

interface Count {
  readonly when: string;
  readonly stored: number;
  readonly read: number;
  readonly locks: boolean;
}

const counts: readonly Count[] = [
  { when: 'the first', stored: 0, read: 0, locks: false },
  { when: 'the last but one that is allowed', stored: 8, read: 8, locks: false },
  { when: 'the one that locks', stored: 9, read: 9, locks: true },
  { when: 'one of a burst that has locked meanwhile', stored: 9, read: 3, locks: true },
  { when: 'one after a good sign-in that came between', stored: 0, read: 9, locks: false },
];

const counting: readonly Case[] = [
  ...counts.map(({ when, stored, read, locks }) =>
    write('countFailedLogin', `${when}, which counts once`, async (store) => {
      const profile = await failed(store, { failedLoginAttempts: stored });
      return {
        call: () => store.countFailedLogin(profile.id, failure(read)),
        answer: undefined,
        held: () => store.findCredentials(profile.id),
        holds: credentialsOf(profile, {
          failedLoginAttempts: stored + 1,
          ...(locks && { lastFailedLoginMs: 77 }),
        }),
      };
    }),
  ),
  write('countFailedLogin', 'of a profile that is gone, and not back by it', async (store) => {
    const { id } = await goneProfile(store);
    return {
      call: () => store.countFailedLogin(id, failure(0)),
      answer: undefined,
      held: () => store.findCredentials(id),
      holds: undefined,
    };
  }),
  write('countForNobody', 'which changes nobody', async (store) => {
    const profile = await failed(store, { failedLoginAttempts: 3 });
    return {
      call: () => store.countForNobody(),
      answer: undefined,
      held: () => store.findCredentials(profile.id),
      holds: credentialsOf(profile, { failedLoginAttempts: 3 }),
    };
  }),
];

interface Login {
  readonly when: string;
  readonly stored: Partial<Credentials>;
  readonly rehashed?: string;
  readonly answer: boolean;
}

const logins: readonly Login[] = [
  { when: 'after some failures', stored: { failedLoginAttempts: 3 }, answer: true },
  { when: 'with today’s form of the hash', stored: { failedLoginAttempts: 3 }, rehashed: 'rehashed', answer: true },
  { when: 'after a lock that is over', stored: { failedLoginAttempts: 12, lastFailedLoginMs: 50 }, answer: true },
  { when: 'locked meanwhile', stored: { failedLoginAttempts: 10, lastFailedLoginMs: 51 }, answer: false },
  {
    when: 'locked meanwhile, with today’s form of the hash',
    stored: { failedLoginAttempts: 10, lastFailedLoginMs: 51 },
    rehashed: 'rehashed',
    answer: false,
  },
];

const recording: readonly Case[] = [
  ...logins.map(({ when, stored, rehashed, answer }) =>
    write('recordLogin', when, async (store) => {
      const profile = await failed(store, stored);
      const passwordHash = rehashed ?? 'hash';
      return {
        call: () => store.recordLogin(credentialsOf(profile), { rehashed, unlockedSinceMs: 50 }),
        answer,
        held: () => store.findCredentials(profile.id),
        holds: credentialsOf(profile, answer ? { ...stored, failedLoginAttempts: 0, passwordHash } : stored),
      };
    }),
  ),
  write('recordLogin', 'another password meanwhile', async (store) => {
    const read = await failed(store, { failedLoginAttempts: 3 });
    await store.storeIdentity(indexed(read), {}, { passwordHash: 'other' });
    return {
      call: () => store.recordLogin(credentialsOf(read), { rehashed: 'rehashed', unlockedSinceMs: 50 }),
      answer: false,
      held: () => store.findCredentials(read.id),
      holds: credentialsOf(read, { passwordHash: 'other', credentialEpoch: 6, failedLoginAttempts: 3 }),
    };
  }),
  write('recordLogin', 'gone, and not back by it', async (store) => {
    const gone = await goneProfile(store);
    return {
      call: () => store.recordLogin(credentialsOf(gone), { rehashed: undefined, unlockedSinceMs: 50 }),
      answer: false,
      held: () => store.findCredentials(gone.id),
      holds: undefined,
    };
  }),
];

/** What is promised of sign-ins, good and bad. */
export const signInCases: readonly Case[] = [...counting, ...recording];
