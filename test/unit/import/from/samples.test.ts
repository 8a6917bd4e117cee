import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFirebaseKeys } from '../../../../lib/import/from/firebase-keys.ts';
import { kindsOf, takeSamples } from '../../../support/foreign-users.ts';

const KEYS = join(import.meta.dirname, '../../../support/other-stores/firebase-hash-parameters.txt');

const noPassword = 'a user came without a password: the files have none for it';
const link = 'a link to a social or company login was left behind';
const factor = 'a second factor, or a key, was left behind';
const renamed = 'an attribute got another name: nobody could define the one it had';
const nobody = {
  field: 'username',
  reason: 'is missing, and there is neither an e-mail address nor a phone number in its place',
};

/** Some of what each user of the samples became. */
const brief = ({ profiles }: Awaited<ReturnType<typeof takeSamples>>) =>
  [...profiles].map(([username, { enabled, verified, roles, password }]) => [
    username,
    enabled,
    verified,
    roles,
    typeof password === 'string' ? password.slice(0, password.indexOf('$', 5)) : password,
  ]);

test('a realm of Keycloak becomes profiles with the roles of their groups, single values and hashes of every age', async () => {
  const taken = await takeSamples(['keycloak-realm.json']);
  const roles = ['editor', 'shop:buyer', 'staff-member', 'shop:seller', 'night-worker'];
  expect(taken.profiles.get('ann@example.org')).toEqual({
    username: 'ann@example.org',
    tenant: 'corporate',
    email: 'ann@example.org',
    verified: true,
    enabled: true,
    createdOn: 1495639693001,
    roles: ['default-roles-sample', ...roles],
    attributes: {
      keycloakId: '2f1a6c52-1111-4222-8333-444455556601',
      firstName: 'Ann',
      lastName: 'Öztürk 🌻',
      locale: 'de',
      phone: ['1', '2'],
      address_street: 'Elm St 1',
      groups: ['/staff/night'],
    },
    password:
      '$pbkdf2-sha256$i=27500$AAECAwQFBgcICQoLDA0ODw$qnA427fe69fAjkevcHZvnm7vp3MewnxKL4g2WLfI7U6teQVH1eR2L5DfcV0psPIfjGPtlZbkpnogYX+2TaSl6w',
  });
  const everybody = ['default-roles-sample'];
  expect(brief(taken).slice(1)).toEqual([
    ['ben', true, false, everybody, '$argon2id'],
    ['cem', false, false, everybody, '$pbkdf2-sha512'],
    ['old', true, false, everybody, '$pbkdf2-sha1'],
    ['ldap', true, false, everybody, undefined],
  ]);
  expect(taken.profiles.get('ben')?.password).toMatch(/^\$argon2id\$v=19\$m=7168,t=5,p=1\$[^$]{22}\$[^$]{43}$/);
  expect(kindsOf(taken)).toEqual([
    `attributes: ${renamed}`,
    `credentials: ${factor}`,
    'requiredActions: an action that the user must take at the next sign-in was left behind',
    `federatedIdentities: ${link}`,
    `credentials: ${noPassword}`,
  ]);
  expect(taken.leftOut).toEqual({ 'service accounts': 1 });
  expect(taken.tenant).toEqual({
    name: 'corporate',
    cleanseAttributes: true,
    availableRoles: ['default-roles-sample', ...roles],
    attributeDefinitions: [],
  });
});

test('an export of Auth0 gets the hashes of the file of its support, by the id of either kind', async () => {
  const files = ['auth0-users.ndjson', 'auth0-password-hashes.ndjson'];
  const taken = await takeSamples(files);
  expect(taken.profiles.get('ann@example.org')).toEqual({
    username: 'ann@example.org',
    tenant: 'corporate',
    email: 'ann@example.org',
    verified: true,
    enabled: true,
    createdOn: Date.parse('2019-12-06T18:36:12.412Z'),
    lastModified: Date.parse('2024-03-01T08:00:00Z'),
    roles: ['editor', 'admin'],
    attributes: {
      auth0Id: 'auth0|5dea9f9c82dd7c0e76e4ec01',
      firstName: 'Ann',
      lastName: 'O.',
      displayName: 'Ann O.',
      nickname: 'ann',
      avatarLink: 'https://img.example.org/a.png',
      color: 'green',
      address: { city: 'Graz' },
      plan: 'gold',
      'https://example_org/claims': 1,
    },
    password: '$2b$10$..CA.uOD/eaGAOmJB.yMBuvDN6CYo3Tm7ezZ/XWxzm7yB3Os41bhG',
  });
  expect(brief(taken).slice(1)).toEqual([
    ['euclid', false, false, [], '$2b$10'],
    ['gil@example.org', true, true, [], undefined],
    ['+4366012345', true, false, [], undefined],
    ['later@example.org', true, true, [], '$2b$10'],
  ]);
  expect(kindsOf(taken)).toEqual([`app_metadata: ${renamed}`, `password: ${noPassword}`, `password: ${noPassword}`]);
  expect(taken.leftOut).toEqual({ 'password hashes': 2 });
  expect(await takeSamples(files.toReversed())).toMatchObject({ leftOut: taken.leftOut, tenant: taken.tenant });
});

test('accounts of Firebase have the hashes of their project where its keys are given', async () => {
  const firebase = readFirebaseKeys(readFileSync(KEYS, 'utf8'));
  const taken = await takeSamples(['firebase-users.json'], { firebase });
  expect(taken.profiles.get('ann@example.org')).toEqual({
    username: 'ann@example.org',
    tenant: 'corporate',
    email: 'ann@example.org',
    verified: true,
    enabled: true,
    createdOn: 1717813759332,
    roles: ['editor'],
    attributes: {
      firebaseId: 'fEFC7o3iDnzO82HjM6b5cbDK5D01',
      displayName: 'Ann, O.',
      avatarLink: 'https://img.example.org/a.png',
      level: 7,
    },
    password:
      '$firescrypt$ln=14,r=8,p=1$42xEC+ixf3L2lw$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ',
  });
  expect(taken.profiles.get('+4366012345')).toMatchObject({ enabled: false, createdOn: 1717813759000 });
  expect(kindsOf(taken)).toEqual([
    `passwordHash: ${noPassword}`,
    'customAttributes: metadata that are no JSON object were left out',
    `providerUserInfo: ${link}`,
    `passwordHash: ${noPassword}`,
  ]);
  expect(taken.unreadable).toMatchObject([{ number: 4, ...nobody }]);
});

test('accounts of Firebase come without their passwords where its keys are not given, and that is told', async () => {
  const taken = await takeSamples(['firebase-users.json']);
  expect(taken.profiles.get('ann@example.org')).not.toHaveProperty('password');
  expect(kindsOf(taken)).toContain('passwordHash: a password was left behind: hashes of Firebase need --firebase-keys');
});

test('rows of Cognito come without passwords, and by their e-mail addresses where the pool has made up the usernames', async () => {
  const taken = await takeSamples(['cognito-users.csv']);
  expect(taken.profiles.get('ann')).toEqual({
    username: 'ann',
    tenant: 'corporate',
    email: 'ann@example.org',
    verified: true,
    enabled: true,
    lastModified: 1717813759000,
    roles: [],
    attributes: {
      cognitoId: 'ann',
      displayName: 'O., Ann',
      firstName: 'Ann',
      lastName: 'O.',
      locale: 'de',
      phone: '+4366012345',
      address: '{"formatted":"Elm St 1, Graz"}',
      team: 'red, green',
    },
  });
  expect([...taken.profiles.keys()]).toEqual(['ann', 'ben@example.org', '8c9e6679-7425-40de-944b-e07fc1f90ae7']);
  expect(new Set(kindsOf(taken))).toEqual(new Set([`password: ${noPassword}`, `cognito:mfa_enabled: ${factor}`]));
});

test('users as Cognito lists them have their attributes, times and flags', async () => {
  const { profiles } = await takeSamples(['cognito-list-users.json']);
  expect(profiles.get('cem')).toEqual({
    username: 'cem',
    tenant: 'corporate',
    email: 'cem@example.org',
    verified: true,
    enabled: false,
    createdOn: Date.parse('2021-05-03T14:15:30.123Z'),
    lastModified: 1620036930123,
    roles: [],
    attributes: { cognitoId: 'eaad0219-2117-439f-8d46-4db20e59268f', team: 'blue' },
  });
});

test('identities of Kratos are called as they sign in, and keep metadata of one name apart', async () => {
  const taken = await takeSamples(['kratos-identities.json']);
  expect(taken.profiles.get('ann@example.org')).toEqual({
    username: 'ann@example.org',
    tenant: 'corporate',
    email: 'Ann@Example.org',
    verified: true,
    enabled: true,
    createdOn: Date.parse('2023-10-07T08:23:19.5Z'),
    lastModified: Date.parse('2024-01-02T03:04:05.123Z'),
    roles: ['editor'],
    attributes: {
      kratosId: '2f1a6c52-1111-4222-8333-444455556601',
      firstName: 'Ann',
      lastName: 'O.',
      newsletter: true,
      plan: 'gold',
      metadata_admin_plan: 'silver',
    },
    password: '$argon2id$v=19$m=65536,t=1,p=4$AAECAwQFBgcICQoLDA0ODw$krp2CTBW6/aS/RuFdrgmH3mNV7eBQfakPaQVWx3JkXs',
  });
  expect(brief(taken).slice(1)).toEqual([
    ['ben', false, false, [], '$2a$10'],
    ['gil@example.org', true, false, [], undefined],
  ]);
  expect(taken.unreadable).toMatchObject([{ number: 4, ...nobody }]);
  expect(kindsOf(taken)).toEqual([
    'metadata_admin: an attribute got the name of its field before its own, which is taken',
    `credentials: ${factor}`,
    `credentials: ${link}`,
    `credentials: ${noPassword}`,
  ]);
});

test('rows of GoTrue, as JSON and as CSV, become profiles; the deleted and the anonymous ones do not', async () => {
  const taken = await takeSamples(['gotrue-users.ndjson', 'gotrue-users.csv']);
  expect(taken.profiles.get('ann@example.org')).toEqual({
    username: 'ann@example.org',
    tenant: 'corporate',
    email: 'ann@example.org',
    verified: true,
    enabled: true,
    createdOn: Date.parse('2025-11-17T16:32:18.219Z'),
    lastModified: Date.parse('2025-11-18T16:32:18.2Z'),
    roles: ['editor'],
    attributes: {
      gotrueId: '2f1a6c52-1111-4222-8333-444455556601',
      displayName: 'Ann O.',
      avatarLink: 'https://img.example.org/a.png',
      theme: { dark: true },
      seats: 3,
    },
    password: '$2a$10$..CA.uOD/eaGAOmJB.yMBuvDN6CYo3Tm7ezZ/XWxzm7yB3Os41bhG',
  });
  expect(brief(taken).slice(1)).toEqual([
    ['ben@example.org', false, false, ['moderator'], '$argon2id'],
    ['cem@example.org', true, false, [], '$2a$10'],
    ['4366012345', true, true, [], undefined],
    ['dan@example.org', true, true, [], '$2a$10'],
  ]);
  expect(taken.profiles.get('dan@example.org')?.attributes).toEqual({
    gotrueId: '2f1a6c52-1111-4222-8333-444455556607',
    displayName: 'Dan, the man',
  });
  expect(taken.leftOut).toEqual({ 'deleted users': 1, 'anonymous users': 1 });
});
