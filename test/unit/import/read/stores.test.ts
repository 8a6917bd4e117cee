import { mkdirSync, writeFileSync } from 'node:fs';
import { openSource } from '../../../../lib/import/read/open-source.ts';
import { UsageError } from '../../../../lib/usage-error.ts';
import { readAll } from '../../../support/read-source.ts';
import { inScratchDirectory } from '../../../support/scratch-directory.ts';

inScratchDirectory();

const lines = (...all: readonly unknown[]) => all.map((one) => JSON.stringify(one)).join('\n');

async function usersIn(name: string, content: string) {
  writeFileSync(name, content);
  const { source, documents, unreadable } = await readAll(name);
  return { kind: source.kind, users: documents.users?.map(({ value }) => value), unreadable };
}

const auth0 = { user_id: 'auth0|1', email: 'a@example.org', user_metadata: { x: 1 } };
const hashes = {
  _id: { $oid: '57e193d7a9cc81b4027498b5' },
  email: 'a@example.org',
  passwordHash: '$2b$10$x',
  connection: 'c',
};
const kratos = { id: '1', traits: { email: 'a@example.org' }, schema_id: 'default' };
const gotrue = { id: '1', aud: 'authenticated', encrypted_password: '$2a$10$x', raw_user_meta_data: '{}' };

test.each<[string, string, unknown]>([
  ['auth0', lines(auth0), auth0],
  ['auth0', JSON.stringify([auth0]), auth0],
  ['auth0', lines(hashes), { ...hashes, _id: '57e193d7a9cc81b4027498b5' }],
  ['firebase', JSON.stringify({ users: [{ localId: 'x' }] }), { localId: 'x' }],
  ['kratos', JSON.stringify([kratos]), kratos],
  ['kratos', lines(kratos), kratos],
  ['kratos', JSON.stringify({ identities: [kratos], next: 'x' }), kratos],
  ['gotrue', lines(gotrue), gotrue],
  ['gotrue', JSON.stringify([gotrue]), gotrue],
])('%s is known by its shape: %s', async (kind, content, user) => {
  expect(await usersIn('export.json', content)).toEqual({ kind, users: [user], unreadable: [] });
});

test('the CSV of Cognito has its columns by name, commas and lines in quotes', async () => {
  const csv = '\ufeffcognito:username,name,email,email_verified\r\nu1,"A, ""B""\nC",a@example.org,TRUE\r\nu2,,,\r\n';
  expect(await usersIn('users.csv', csv)).toEqual({
    kind: 'cognito',
    users: [
      { 'cognito:username': 'u1', name: 'A, "B"\nC', email: 'a@example.org', email_verified: 'TRUE' },
      { 'cognito:username': 'u2', name: '', email: '', email_verified: '' },
    ],
    unreadable: [],
  });
  expect((await usersIn('users.csv', 'username,email,email_verified\nu1,e,true\n')).kind).toBe('cognito');
});

test('the CSV of GoTrue is known by its columns', async () => {
  const csv = 'id,email,encrypted_password,raw_user_meta_data\n1,a@example.org,$2a$10$x,"{""a"":1}"\n';
  expect(await usersIn('users.csv', csv)).toMatchObject({ kind: 'gotrue', users: [{ raw_user_meta_data: '{"a":1}' }] });
});

test('a row of another length costs itself alone, an open quote all that is behind', async () => {
  const { users, unreadable } = await usersIn('u.csv', 'cognito:username,name\nu1,x\nu2\nu3,y\nu4,"z\nu5,z\n');
  expect(users?.map((user) => user['cognito:username'])).toEqual(['u1', 'u3']);
  expect(unreadable.map(({ number, at, reason }) => [number, at, reason])).toEqual([
    [2, 'line 3', 'has 1 columns, the first line 2'],
    [4, 'after line 4', 'is no CSV; the rest of the file is not read'],
  ]);
});

test('the files of a realm are one export', async () => {
  mkdirSync('kc');
  writeFileSync('kc/acme-realm.json', JSON.stringify({ realm: 'acme', roles: { realm: [] }, users: [] }));
  writeFileSync('kc/acme-users-0.json', JSON.stringify({ realm: 'acme', users: [{ username: 'a' }] }));
  writeFileSync('kc/acme-users-1.json', JSON.stringify({ realm: 'acme', users: [{ username: 'b' }] }));
  const { source, documents } = await readAll('kc');
  expect([source.kind, source.collections]).toEqual(['keycloak', ['header', 'users']]);
  expect(documents.header?.map(({ value }) => value)).toEqual([{ realm: 'acme', roles: { realm: [] } }]);
  expect(documents.users?.map(({ value }) => value)).toEqual([{ username: 'a' }, { username: 'b' }]);
});

test('two exports at once are refused', async () => {
  writeFileSync('a.json', JSON.stringify({ realm: 'acme', users: [] }));
  writeFileSync('b.json', JSON.stringify({ realm: 'other', users: [] }));
  writeFileSync('profile.json', '{}');
  const both = openSource(['a.json', 'b.json'], {});
  await expect(both).rejects.toThrow(
    new UsageError('These are several exports, acme and other: import one after the other'),
  );
  await expect(openSource(['a.json', 'profile.json'], {})).rejects.toThrow(
    'These are several exports, keycloak and Crafter Profile: import one after the other',
  );
});
