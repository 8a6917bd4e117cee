import type { JsonObject } from '../../../../functions/shared/domain/values/json.ts';
import { kindsOf, takeUsers } from '../../../support/foreign-users.ts';

const salt = Buffer.alloc(16, 1).toString('base64');
const tag = Buffer.alloc(32, 255).toString('base64');
const [plainSalt, plainTag] = [salt.replace(/=+$/, ''), tag.replace(/=+$/, '')];

async function ofKeycloak(credential: JsonObject): Promise<readonly unknown[]> {
  const taken = await takeUsers('keycloak', [{ username: 'ann', credentials: [{ type: 'password', ...credential }] }]);
  return [taken.profiles.get('ann')?.password, ...kindsOf(taken)];
}

const secretData = JSON.stringify({ value: tag, salt });
const of = (data: JsonObject) => ofKeycloak({ secretData, credentialData: JSON.stringify(data) });
const argon2 = { hash: ['32'], memory: ['7168'], type: ['id'], version: ['1.3'], parallelism: ['1'] };

test.each([
  [{ algorithm: 'pbkdf2', hashIterations: 20000 }, 'pbkdf2-sha1$i=20000'],
  [{ algorithm: 'pbkdf2-sha1', hashIterations: 20000 }, 'pbkdf2-sha1$i=20000'],
  [{ algorithm: 'pbkdf2-sha256', hashIterations: 27500 }, 'pbkdf2-sha256$i=27500'],
  [{ algorithm: 'pbkdf2-sha512', hashIterations: '210000' }, 'pbkdf2-sha512$i=210000'],
  [{ algorithm: 'argon2', hashIterations: 5, additionalParameters: argon2 }, 'argon2id$v=19$m=7168,t=5,p=1'],
  [
    { algorithm: 'argon2', hashIterations: 3, additionalParameters: { ...argon2, type: ['i'], version: ['1.0'] } },
    'argon2i$v=16$m=7168,t=3,p=1',
  ],
])('a credential of Keycloak with %j is the hash of that kind', async (data, kind) => {
  expect(await of(data)).toEqual([`$${kind}$${plainSalt}$${plainTag}`]);
});

const unknown = 'credentials: a password was left behind: its hash is of a kind that is not known here';

test.each([
  [{ algorithm: 'bcrypt', hashIterations: 10 }],
  [{ algorithm: 'argon2', hashIterations: 5, additionalParameters: { ...argon2, version: ['2'] } }],
  [{}],
])('a credential of Keycloak with %j is left behind, and told', async (data) => {
  expect(await of(data)).toEqual([undefined, unknown]);
});

test('a credential of Keycloak that is in clear text, or damaged, is left behind, and told', async () => {
  expect(await ofKeycloak({ value: 'secret' })).toEqual([
    undefined,
    'credentials.0.value: a password was left behind: it stands there in clear text',
  ]);
  const damaged = { secretData: 'no json', credentialData: '{"algorithm":"pbkdf2","hashIterations":1}' };
  expect(await ofKeycloak(damaged)).toEqual([
    undefined,
    'credentials.0.secretData: metadata that are no JSON object were left out',
    unknown,
  ]);
});

const firebase = { signerKey: 'c2lnbmVy', saltSeparator: 'Bw==', rounds: 8, memCost: 14 };
const noKeys = 'a password was left behind: hashes of Firebase need --firebase-keys';

test.each([
  ['c2lnbmVy', [`$firescrypt$ln=14,r=8,p=1$${plainSalt}$${plainTag}`]],
  ['b3RoZXI=', [undefined, `encrypted_password: ${noKeys}`]],
])('a hash of Firebase with the key %s in GoTrue keeps to the keys that are given', async (key, expected) => {
  const encrypted_password = `$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=${key}$${salt}$${tag}`;
  const taken = await takeUsers('gotrue', [{ email: 'ann', encrypted_password }], { firebase });
  expect([taken.profiles.get('ann')?.password, ...kindsOf(taken)]).toEqual(expected);
});

test.each([
  [firebase, [`$firescrypt$ln=14,r=8,p=1$${plainSalt}$${plainTag}`]],
  [undefined, [undefined, `credentials: ${noKeys}`]],
])('a hash of Firebase in Kratos needs the keys, %j', async (given, expected) => {
  const hashed_password = `$firescrypt$ln=14,r=8,p=1$${salt}$${tag}$Bw==$c2lnbmVy`;
  const user = { traits: { username: 'ann' }, credentials: { password: { config: { hashed_password } } } };
  const taken = await takeUsers('kratos', [user], { firebase: given });
  expect([taken.profiles.get('ann')?.password, ...kindsOf(taken)]).toEqual(expected);
});

test('salt and tag of Firebase may be in the alphabet of URLs', async () => {
  const user = { localId: '1', email: 'ann', salt: 'a-_b', passwordHash: tag.replaceAll('/', '_') };
  const { profiles } = await takeUsers('firebase', [user], { firebase });
  expect(profiles.get('ann')?.password).toBe(`$firescrypt$ln=14,r=8,p=1$a+/b$${plainTag}`);
});
