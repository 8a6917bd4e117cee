import { readFirebaseKeys } from '../../../../lib/import/from/firebase-keys.ts';

const keys = { signerKey: 'c2lnbmVyIGtleQ==', saltSeparator: 'Bw==', rounds: 8, memCost: 14 };
const text = (more = '') => `hash_config {
  algorithm: SCRYPT,
  base64_signer_key: c2lnbmVyIGtleQ==,
  base64_salt_separator: Bw==,
  rounds: 8,
  mem_cost: 14,
  ${more}
}`;
const object = { base64_signer_key: keys.signerKey, base64_salt_separator: 'Bw==', rounds: 8, mem_cost: '14' };

test.each([
  ['as the console shows them', text()],
  ['with other ends of lines', text().replaceAll('\n', '\r\n')],
  ['as JSON', JSON.stringify(object)],
  ['as JSON with the name around', JSON.stringify({ hash_config: { algorithm: 'SCRYPT', ...object } })],
])('the parameters of a project are read %s', (_how, given) => {
  expect(readFirebaseKeys(given)).toEqual(keys);
});

test.each([
  ['', 'has no base64_signer_key, base64_salt_separator, rounds, mem_cost'],
  ['[1]', 'has no base64_signer_key'],
  [text().replace('SCRYPT', 'HMAC_SHA256'), 'another algorithm'],
  [text().replace('rounds: 8', 'rounds: eight'), 'no whole number'],
  [text().replace('mem_cost: 14', 'mem_cost: 140'), 'no whole number'],
  [text().replace('c2lnbmVyIGtleQ==', 'secret-key'), 'no base64'],
])('what is none is wrong usage, and no key is in the message: %#', (given, message) => {
  expect(() => readFirebaseKeys(given)).toThrow(
    expect.objectContaining({ name: 'UsageError', message: expect.stringContaining(message) }),
  );
  expect(() => readFirebaseKeys(given)).not.toThrow(/secret-key|c2lnbmVy/);
});
