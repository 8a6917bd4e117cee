import * as z from 'zod/mini';
import { callStep, read } from '../call-step.ts';
import type { Answer } from '../send.ts';
import { Mismatch, type Scene, type Step } from '../step.ts';
import type { Story, Thing } from '../story.ts';

const ticket = z.object({ id: z.string(), profileId: z.string() });
const profile = z.object({ id: z.string() });

const login = ({ tenant, username }: Story, password: string) => ({
  form: { tenantName: tenant, username, password },
});

const keepTicket =
  (thing: Thing) =>
  (answer: Answer, { story }: Scene): void => {
    const { id, profileId } = read(ticket, answer);
    if (profileId !== story.idOf('profile')) throw new Mismatch('the ticket stands for another profile');
    story.keep(thing, id);
  };

/** Signing in, and tickets. */
export const signIn: readonly Step[] = [
  callStep({
    name: 'sign in with a wrong password',
    operation: 'authenticate',
    call: (story) => login(story, story.thirdPassword),
    expects: 'badCredentials',
  }),
  callStep({
    name: 'sign in',
    operation: 'authenticate',
    call: (story) => login(story, story.password),
    check: keepTicket('ticket'),
  }),
  callStep({
    name: 'who a ticket stands for',
    operation: 'getProfileByTicket',
    call: (story) => ({ query: { ticketId: story.idOf('ticket') } }),
    check: (answer, { story }) => {
      if (read(profile, answer).id !== story.idOf('profile')) throw new Mismatch('the answer is another profile');
    },
  }),
  callStep({
    name: 'make a ticket',
    operation: 'createTicket',
    call: (story) => ({ form: { profileId: story.idOf('profile') } }),
    check: keepTicket('secondTicket'),
  }),
  callStep({
    name: 'read a ticket',
    operation: 'getTicket',
    call: (story) => ({ path: { id: story.idOf('secondTicket') } }),
    check: keepTicket('secondTicket'),
  }),
  callStep({
    name: 'end a ticket',
    operation: 'invalidateTicket',
    call: (story) => ({ path: { id: story.idOf('secondTicket') } }),
  }),
  callStep({
    name: 'an ended ticket is gone',
    operation: 'getTicket',
    call: (story) => ({ path: { id: story.idOf('secondTicket') } }),
    expects: 'noSuchTicket',
  }),
];

/** Where the mailed link leads: a page of this run alone, so that no earlier mail is taken for its own. */
const pageOf = ({ tenant }: Story, link: string) => `${link}/${tenant}`;

const store = z.object({
  emails: z.array(
    z.object({ destination: z.object({ to: z.array(z.string()) }), body: z.object({ html: z.string() }) }),
  ),
});

/** Locally the mail can be looked at; SES has only said that it takes it. */
async function requireMail(_answer: Answer, { mailbox, story, link }: Scene): Promise<void> {
  if (mailbox === undefined) return;
  const { data } = z.safeParse(store, await (await fetch(`${mailbox}/store`)).json());
  const isThere = data?.emails.some(
    ({ destination, body }) =>
      destination.to.includes(story.email) && body.html.includes(`${pageOf(story, link)}?tokenId=`),
  );
  if (!isThere) throw new Mismatch('the mailbox has no mail with the link');
}

/** A forgotten password, and a changed one. */
export const newPasswords: readonly Step[] = [
  callStep({
    name: 'mail a link for a new password',
    operation: 'resetPassword',
    call: (story, { link }) => ({
      path: { id: story.idOf('profile') },
      form: { resetPasswordUrl: pageOf(story, link) },
    }),
    check: requireMail,
  }),
  callStep({
    name: 'make a token for a new password',
    operation: 'createVerificationToken',
    call: (story) => ({ path: { id: story.idOf('profile') } }),
    check: (answer, { story }) => story.keep('verificationToken', read(profile, answer).id),
  }),
  callStep({
    name: 'set a new password by token',
    operation: 'changePassword',
    call: (story) => ({
      form: { resetTokenId: story.idOf('verificationToken'), newPassword: story.secondPassword },
    }),
  }),
  callStep({
    name: 'the session of before has ended',
    operation: 'getTicket',
    call: (story) => ({ path: { id: story.idOf('ticket') } }),
    expects: 'noSuchTicket',
  }),
  callStep({
    name: 'set a new password by update',
    operation: 'updateProfile',
    call: (story) => ({ path: { id: story.idOf('profile') }, form: { password: story.thirdPassword } }),
  }),
  callStep({
    name: 'sign in with the password of before',
    operation: 'authenticate',
    call: (story) => login(story, story.secondPassword),
    expects: 'badCredentials',
  }),
  callStep({
    name: 'sign in with the new one',
    operation: 'authenticate',
    call: (story) => login(story, story.thirdPassword),
    check: keepTicket('ticket'),
  }),
];
