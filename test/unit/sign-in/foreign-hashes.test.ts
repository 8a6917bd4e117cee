import crypto from 'node:crypto';
import {
  checkForeignHash,
  checkNothing,
  type Means,
} from '../../../functions/shared/domain/sign-in/foreign/foreign-hashes.ts';

/** Of a runtime with argon2, or without. */
async function meansOf(runtime: 'native' | 'wasm'): Promise<Means> {
  const firebaseKeys = {
    signerKey: 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==',
    saltSeparator: 'Bw==',
  };
  const findFirebaseKeys = async () => firebaseKeys;
  if (runtime === 'native') {
    const { provenArgon2 } = await import('../../../functions/shared/domain/sign-in/argon2id.ts');
    return { argon2: await provenArgon2(), findFirebaseKeys };
  }
  const { argon2 } = await import('../../../functions/shared/domain/sign-in/argon2id-fallback.ts');
  return { argon2, findFirebaseKeys };
}

const ofHex = (hex: string) => Buffer.from(hex, 'hex').toString('base64');
const salt = (text: string) => Buffer.from(text).toString('base64').replace(/=+$/, '');

/** Where it is from, the password, the hash. */
const vectors: readonly (readonly [string, string, string])[] = [
  [
    'argon2id, reference',
    'password',
    '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc',
  ],
  [
    'argon2id on two lanes, reference',
    'password',
    '$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc',
  ],
  [
    'argon2i, reference',
    'password',
    '$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA',
  ],
  ['argon2id, Ory Kratos', 'test', '$argon2id$v=19$m=32,t=2,p=4$cm94YnRVOW5jZzFzcVE4bQ$MNzk5BtR2vUhrp6qQEjRNw'],
  [
    'argon2i, Ory Kratos',
    'test',
    '$argon2i$v=19$m=65536,t=3,p=4$kk51rW/vxIVCYn+EG4kTSg$NyT88uraJ6im6dyha/M5jhXvpqlEdlS/9fEm7ScMb8c',
  ],
  [
    'scrypt, RFC 7914',
    'password',
    `$scrypt$ln=10,r=8,p=16$${salt('NaCl')}$${ofHex('fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640')}`,
  ],
  [
    'scrypt, RFC 7914',
    'pleaseletmein',
    `$scrypt$ln=14,r=8,p=1$${salt('SodiumChloride')}$${ofHex('7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887')}`,
  ],
  [
    'scrypt, Ory Kratos, with the number of rounds',
    'test',
    '$scrypt$ln=16384,r=8,p=1$2npRo7P03Mt8keSoMbyD/tKFWyUzjiQf2svUaNDSrhA=$MiCzNcIplSMqSBrm4HckjYqYhaVPPjTARTzwB1cVNYE=',
  ],
  [
    'scrypt, Firebase',
    'user1password',
    '$firescrypt$ln=14,r=8,p=1$42xEC+ixf3L2lw==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
  ],
  [
    'PBKDF2-SHA1, RFC 6070',
    'password',
    `$pbkdf2-sha1$i=4096$${salt('salt')}$${ofHex('4b007901b765489abead49d926f721d065a429c1')}`,
  ],
  [
    'PBKDF2-SHA256, RFC 7914',
    'Password',
    `$pbkdf2-sha256$i=80000$${salt('NaCl')}$${ofHex('4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d')}`,
  ],
  [
    'PBKDF2-SHA256 of 32 bytes, Keycloak',
    'password',
    '$pbkdf2-sha256$i=27500$P5rtFkGtPfoaryJ6PizUJw==$JsfNbCOIdZUbyBJ+BT+VoGI91Ec2rWLOvkLPDaX8e9k=',
  ],
  [
    'PBKDF2-SHA256 of 64 bytes, Keycloak',
    'admin',
    '$pbkdf2-sha256$i=27500$DWobczblgCRZMULJ2hVCSQ==$uJj9/Yy4dcvZZpRvJP1YWDT/MZEIKCwt1Ax4L4zhOQjpRW71qMM0ajz7dbey/Ie7MMgiFgxOEz2I/eySvhxVOQ==',
  ],
  [
    'PBKDF2-SHA256, Ory Kratos',
    'test',
    '$pbkdf2-sha256$i=100000,l=32$1jP+5Zxpxgtee/iPxGgOz0RfE9/KJuDElP1ley4VxXc$QJxzfvdbHYBpydCbHoFg3GJEqMFULwskiuqiJctoYpI',
  ],
  [
    'PBKDF2-SHA512, Ory Kratos',
    'test',
    '$pbkdf2-sha512$i=100000,l=32$bdHBpn7OWOivJMVJypy2UqR0UnaD5prQXRZevj/05YU$+wArTfv1a+bNGO1iZrmEdVjhA+lL11wF4/IxpgYfPwc',
  ],
  ['bcrypt, OpenBSD', 'abc', '$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i'],
  ['bcrypt, Openwall', 'U*U', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  [
    'bcrypt of more than 72 bytes, Openwall',
    '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789chars after 72 are ignored',
    '$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui',
  ],
  ['bcrypt, PHP', 'rasmuslerdorf', '$2y$07$BCryptRequires22Chrcte/VlQH0piJtjXl.0t1XkA8pw9dMXTpOq'],
];

test.each(vectors)('the published hash of %s is checked', async (_, password, stored) => {
  for (const runtime of ['native', 'wasm'] as const) {
    const means = await meansOf(runtime);
    expect(await checkForeignHash(password, stored, means)).toMatchObject({ isRight: true });
    for (const wrong of [`${password.slice(0, 60)}x`, ''])
      expect(await checkForeignHash(wrong, stored, means)).toMatchObject({ isRight: false });
  }
});

test('a bcrypt hash is the same under each of its three prefixes, and of one kind', async () => {
  const means = await meansOf('native');
  for (const prefix of ['$2a', '$2b', '$2y'])
    expect(
      await checkForeignHash('abc', `${prefix}$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i`, means),
    ).toEqual({ isRight: true, kind: '$2b$06' });
});

test('without the keys of its project no password is right for a hash of Firebase', async () => {
  const [, , stored = ''] = vectors.find(([name]) => name === 'scrypt, Firebase') ?? [];
  const means = { ...(await meansOf('native')), findFirebaseKeys: async () => undefined };
  expect(await checkForeignHash('user1password', stored, means)).toMatchObject({ isRight: false });
  const zeros = stored.replace(/\$[^$]*$/, `$${Buffer.alloc(64).toString('base64')}`);
  expect(await checkForeignHash('user1password', zeros, means)).toMatchObject({ isRight: true });
});

test('the empty password is right where a hash is of it, but for argon2 in WebAssembly and bcrypt', async () => {
  const key = crypto.pbkdf2Sync('', 'salt', 10, 32, 'sha256').toString('base64');
  const means = await meansOf('native');
  expect(await checkForeignHash('', `$pbkdf2-sha256$i=10$${salt('salt')}$${key}`, means)).toMatchObject({
    isRight: true,
  });
  const ofNothing = '$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkY8jIucDrjc8deX1s.';
  expect(await checkForeignHash('', ofNothing, means)).toMatchObject({ isRight: false });
});

test('the work for nobody asks the functions that a check does, with the same costs', async () => {
  const means = await meansOf('native');
  const calls: unknown[] = [];
  const argon2: Means['argon2'] = ({ password, salt, tagLength, ...cost }) => {
    calls.push(cost);
    return new Uint8Array(tagLength);
  };
  const scrypt = jest.spyOn(crypto, 'scryptSync');
  const pbkdf2 = jest.spyOn(crypto, 'pbkdf2Sync');
  const kinds = [
    '$argon2i$v=19$m=65536,t=3,p=4',
    '$firescrypt$ln=10,r=8,p=1',
    '$pbkdf2-sha256$i=27500,l=64',
    'no kind',
  ];
  await checkNothing('wrong', kinds, { ...means, argon2 });
  expect(calls).toEqual([{ algorithm: 'argon2i', memory: 65_536, passes: 3, parallelism: 4 }]);
  expect(scrypt.mock.calls.map(([, , length, options]) => [length, options])).toEqual([
    [32, expect.objectContaining({ N: 1024, r: 8, p: 1 })],
  ]);
  expect(pbkdf2.mock.calls.map(([, , ...cost]) => cost)).toEqual([[27_500, 64, 'sha256']]);
});
