import { join } from 'node:path';
import { type FromOptions, sourceFrom } from '../../../../lib/import/from/from-options.ts';
import type { SourceKind } from '../../../../lib/import/read/source.ts';
import { allOf, usersSource } from '../../../support/foreign-users.ts';

const KEYS = join(import.meta.dirname, '../../../support/other-stores/firebase-hash-parameters.txt');

const call = (kind: SourceKind | undefined, options: FromOptions) =>
  sourceFrom(usersSource(kind, [{ localId: '1', email: 'ann' }]), options, async () => undefined);

test('files of the old server are taken as they are', async () => {
  const source = usersSource(undefined, []);
  const found = await sourceFrom(source, {}, async () => undefined);
  expect(found).toEqual({ source, mergesTenants: false });
});

test('users of another store come with what the import has to know', async () => {
  const found = await call('firebase', { from: 'firebase', tenant: 't', makeDefinitions: true, firebaseKeys: KEYS });
  expect(found).toMatchObject({
    source: { collections: ['tenant', 'profile'] },
    mergesTenants: true,
  });
  expect(await allOf(found.source, 'tenant')).toMatchObject([
    { value: { firebaseKeys: { signerKey: expect.stringMatching(/^jxspr8.*==$/), saltSeparator: 'Bw==' } } },
  ]);
});

test.each<[SourceKind | undefined, FromOptions, string]>([
  ['keycloak', {}, 'These are users of Keycloak: import them with --from keycloak --tenant NAME'],
  [undefined, { tenant: 't' }, '--tenant goes with --from'],
  [undefined, { makeDefinitions: true }, '--make-definitions goes with --from'],
  [undefined, { firebaseKeys: KEYS }, '--firebase-keys goes with --from'],
  ['firebase', { from: 'okta', tenant: 't' }, '--from okta: it is one of keycloak, auth0'],
  ['firebase', { from: 'firebase' }, '--from needs --tenant'],
  ['firebase', { from: 'kratos', tenant: 't' }, 'users of Firebase Authentication, and not of Ory Kratos'],
  ['auth0', { from: 'auth0', tenant: 't', firebaseKeys: KEYS }, '--firebase-keys goes with --from firebase'],
  ['firebase', { from: 'firebase', tenant: 't', firebaseKeys: 'nowhere' }, '"nowhere", cannot be read'],
  ['firebase', { from: 'firebase', tenant: 't', firebaseKeys: __filename }, 'has no base64_signer_key'],
])('of files of %s, %j is wrong usage', async (kind, options, message) => {
  await expect(call(kind, options)).rejects.toMatchObject({
    name: 'UsageError',
    message: expect.stringContaining(message),
  });
});
