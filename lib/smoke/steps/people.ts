import * as z from 'zod/mini';
import { callStep, read } from '../call-step.ts';
import type { Answer } from '../send.ts';
import { Mismatch, type Scene, type Step } from '../step.ts';
import type { Story, Thing } from '../story.ts';

const withId = z.object({ id: z.string() });
const listed = z.array(withId);

const keepId =
  (thing: Thing) =>
  (answer: Answer, { story }: Scene): void =>
    story.keep(thing, read(withId, answer).id);

function isTheProfile(answer: Answer, { story }: Scene): void {
  if (read(withId, answer).id !== story.idOf('profile')) throw new Mismatch('the answer is another profile');
}

function holdsTheProfile(answer: Answer, { story }: Scene): void {
  const ids = read(listed, answer).map(({ id }) => id);
  if (ids.length !== 1 || ids[0] !== story.idOf('profile'))
    throw new Mismatch(`the list has ${ids.length} profiles and should have the one that signed up`);
}

const newPerson = ({ tenant, email, role, city }: Story, username: string, password: string) => ({
  form: { tenantName: tenant, username, password, email, role, enabled: 'true', attributes: JSON.stringify({ city }) },
});

const inTenant = ({ tenant }: Story, query: Readonly<Record<string, string>> = {}) => ({
  query: { tenantName: tenant, ...query },
});

/** Somebody signs up. */
export const signUp: readonly Step[] = [
  callStep({
    name: 'sign up',
    operation: 'createProfile',
    call: (story) => newPerson(story, story.username, story.password),
    check: keepId('profile'),
  }),
  callStep({
    name: 'sign up under a name that is taken',
    operation: 'createProfile',
    call: (story) => newPerson(story, story.username, story.password),
    expects: 'profileExists',
  }),
];

/** They are found. */
export const look: readonly Step[] = [
  callStep({
    name: 'read by id',
    operation: 'getProfile',
    call: (story) => ({ path: { id: story.idOf('profile') } }),
    check: isTheProfile,
  }),
  callStep({
    name: 'read by username',
    operation: 'getProfileByUsername',
    call: (story) => inTenant(story, { username: story.username }),
    check: isTheProfile,
  }),
  callStep({
    name: 'list by role',
    operation: 'getProfilesByRole',
    call: (story) => inTenant(story, { role: story.role }),
    check: holdsTheProfile,
    settles: true,
  }),
  callStep({
    name: 'list by an indexed attribute',
    operation: 'getProfilesByAttributeValue',
    call: (story) => inTenant(story, { attributeName: 'city', attributeValue: story.city }),
    check: holdsTheProfile,
    settles: true,
  }),
  callStep({
    name: 'query',
    operation: 'getProfilesByQuery',
    call: (story) => inTenant(story, { query: JSON.stringify({ 'attributes.city': story.city }) }),
    check: holdsTheProfile,
    settles: true,
  }),
  callStep({
    name: 'count',
    operation: 'countProfiles',
    call: (story) => inTenant(story),
    check: (answer) => {
      if (read(z.number(), answer) !== 1) throw new Mismatch('there should be one profile');
    },
    settles: true,
  }),
];

/** They leave, and so does their tenant, with somebody who is still in it. */
export const leave: readonly Step[] = [
  callStep({
    name: 'sign up somebody else',
    operation: 'createProfile',
    call: (story) => newPerson(story, story.otherUsername, story.password),
    check: keepId('otherProfile'),
  }),
  callStep({
    name: 'delete the profile',
    operation: 'deleteProfile',
    call: (story) => ({ path: { id: story.idOf('profile') } }),
  }),
  callStep({
    name: 'the profile is gone',
    operation: 'getProfile',
    call: (story) => ({ path: { id: story.idOf('profile') } }),
    expects: 'noSuchProfile',
  }),
  callStep({
    name: 'its attachment is gone',
    operation: 'getAttachments',
    call: (story) => ({ path: { id: story.idOf('profile') } }),
    expects: 'noSuchProfile',
  }),
  callStep({
    name: 'delete the tenant',
    operation: 'deleteTenant',
    call: (story) => ({ path: { name: story.tenant } }),
  }),
  callStep({
    name: 'the tenant is gone',
    operation: 'getTenant',
    call: (story) => ({ path: { name: story.tenant } }),
    expects: 'noSuchTenant',
  }),
  callStep({
    name: 'somebody else is gone with it',
    operation: 'getProfile',
    call: (story) => ({ path: { id: story.idOf('otherProfile') } }),
    expects: 'noSuchProfile',
  }),
];
