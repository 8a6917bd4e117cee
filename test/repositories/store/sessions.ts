import { newPersistentLogin } from '../../../functions/shared/domain/session/persistent-login.ts';
import { newTicket } from '../../../functions/shared/domain/session/ticket.ts';
import { newVerificationToken } from '../../../functions/shared/domain/verification-token/verification-token.ts';
import { type Case, freshWrite, read, write } from './case.ts';
import type { Store } from './store.ts';
import { aProfile, aTenant, fresh } from './world.ts';

const AGE_SECONDS = 900;
const aTicket = () => newTicket(aProfile(aTenant()));
const aLogin = () => newPersistentLogin(aProfile(aTenant()));
const aToken = () => newVerificationToken(aProfile(aTenant()), ['changePassword']);

const tickets: readonly Case[] = [
  freshWrite('createTicket', 'a new one', async (store) => {
    const ticket = aTicket();
    return {
      call: () => store.createTicket(ticket, AGE_SECONDS),
      answer: undefined,
      held: () => store.findTicket(ticket.id),
      holds: ticket,
    };
  }),
  write('touchTicket', 'one that is there', async (store) => {
    const ticket = aTicket();
    await store.createTicket(ticket, AGE_SECONDS);
    return {
      call: () => store.touchTicket(ticket.id, 5, AGE_SECONDS),
      answer: true,
      held: () => store.findTicket(ticket.id),
      holds: { ...ticket, lastRequestTimeMs: 5 },
    };
  }),
  write('touchTicket', 'gone, and not back by it', async (store) => {
    const { id } = aTicket();
    return {
      call: () => store.touchTicket(id, 5, AGE_SECONDS),
      answer: false,
      held: () => store.findTicket(id),
      holds: undefined,
    };
  }),
  write('deleteTicket', 'one that is there', async (store) => {
    const ticket = aTicket();
    await store.createTicket(ticket, AGE_SECONDS);
    return {
      call: () => store.deleteTicket(ticket.id),
      answer: undefined,
      held: () => store.findTicket(ticket.id),
      holds: undefined,
    };
  }),
  write('deleteTicket', 'none', async (store) => ({
    call: () => store.deleteTicket(fresh('none')),
    answer: undefined,
  })),
  read('findTicket', 'none', async (store) => ({ call: () => store.findTicket(fresh('none')), answer: undefined })),
];

const persistentLogins: readonly Case[] = [
  freshWrite('createPersistentLogin', 'a new one', async (store) => {
    const login = aLogin();
    return {
      call: () => store.createPersistentLogin(login, AGE_SECONDS),
      answer: undefined,
      held: () => store.findPersistentLogin(login.id),
      holds: login,
    };
  }),
  write('replaceLoginToken', 'one that is there', async (store) => {
    const login = aLogin();
    await store.createPersistentLogin(login, AGE_SECONDS);
    return {
      call: () => store.replaceLoginToken(login.id, 'next'),
      answer: true,
      held: () => store.findPersistentLogin(login.id),
      holds: { ...login, token: 'next' },
    };
  }),
  write('replaceLoginToken', 'gone, and not back by it', async (store) => {
    const { id } = aLogin();
    return {
      call: () => store.replaceLoginToken(id, 'next'),
      answer: false,
      held: () => store.findPersistentLogin(id),
      holds: undefined,
    };
  }),
  write('deletePersistentLogin', 'one that is there', async (store) => {
    const login = aLogin();
    await store.createPersistentLogin(login, AGE_SECONDS);
    return {
      call: () => store.deletePersistentLogin(login.id),
      answer: undefined,
      held: () => store.findPersistentLogin(login.id),
      holds: undefined,
    };
  }),
  write('deletePersistentLogin', 'none', async (store) => ({
    call: () => store.deletePersistentLogin(fresh('none')),
    answer: undefined,
  })),
  read('findPersistentLogin', 'none', async (store) => ({
    call: () => store.findPersistentLogin(fresh('none')),
    answer: undefined,
  })),
];

const verificationTokens: readonly Case[] = [
  freshWrite('createVerificationToken', 'a new one', async (store) => {
    const token = aToken();
    return {
      call: () => store.createVerificationToken(token, AGE_SECONDS),
      answer: undefined,
      held: () => store.findVerificationToken(token.id),
      holds: token,
    };
  }),
  write('deleteVerificationToken', 'one that is there', async (store) => {
    const token = aToken();
    await store.createVerificationToken(token, AGE_SECONDS);
    return {
      call: () => store.deleteVerificationToken(token.id),
      answer: undefined,
      held: () => store.findVerificationToken(token.id),
      holds: undefined,
    };
  }),
  write('deleteVerificationToken', 'none', async (store) => ({
    call: () => store.deleteVerificationToken(fresh('none')),
    answer: undefined,
  })),
  read('findVerificationToken', 'none', async (store) => ({
    call: () => store.findVerificationToken(fresh('none')),
    answer: undefined,
  })),
];

/** One of each kind, of one profile, and a ticket of another one. */
async function everyKind(store: Store) {
  const [profile, other] = [aProfile(aTenant()), aProfile(aTenant())];
  const [ticket, login] = [newTicket(profile), newPersistentLogin(profile)];
  const token = newVerificationToken(profile, ['verify', 'changePassword']);
  await store.createTicket({ ...ticket, lastRequestTimeMs: 3000 }, AGE_SECONDS);
  await store.createPersistentLogin({ ...login, timestampMs: 1000 }, AGE_SECONDS);
  await store.createVerificationToken({ ...token, timestampMs: 2000 }, AGE_SECONDS);
  await store.createTicket({ ...newTicket(other), lastRequestTimeMs: 1000 }, AGE_SECONDS);
  const left = [{ kind: 'ticket', sinceMs: 1000, expiresAtSeconds: 901 }];
  const all = [
    { kind: 'persistentLogin', sinceMs: 1000, expiresAtSeconds: 901 },
    { kind: 'verificationToken', sinceMs: 2000, expiresAtSeconds: 902, purposes: ['changePassword', 'verify'] },
    { kind: 'ticket', sinceMs: 3000, expiresAtSeconds: 903 },
  ];
  return { id: profile.id, otherId: other.id, all, left };
}

const ofProfiles: readonly Case[] = [
  read('listProfileSessions', 'one of each kind', async (store) => {
    const { id, all } = await everyKind(store);
    return { call: () => store.listProfileSessions(id), answer: all };
  }),
  read('listProfileSessions', 'none', async (store) => ({
    call: () => store.listProfileSessions(fresh('none')),
    answer: [],
  })),
  write('deleteProfileSessions', 'one of each kind, and of no other profile', async (store) => {
    const { id, otherId, left } = await everyKind(store);
    return {
      call: () => store.deleteProfileSessions(id),
      answer: 3,
      held: async () => [await store.listProfileSessions(id), await store.listProfileSessions(otherId)],
      holds: [[], left],
    };
  }),
];

/** What is promised of tickets, persistent logins and verification tokens. */
export const sessionCases: readonly Case[] = [...tickets, ...persistentLogins, ...verificationTokens, ...ofProfiles];
