import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { requireLoadable } from '../../../lib/import/import-paths.ts';
import { importing, importingText } from '../../support/importing.ts';

const folder = 'test/support/import-cases';

const check = (file: string) => importing([`${folder}/${file}.json`], { dryRun: true, forNobody: true });

/** What each file becomes in an empty installation: access tokens, tenants and profiles that are taken, what is rejected, and how often something odd was met. */
const cases: Readonly<Record<string, readonly [string, readonly string[], readonly string[]]>> = {
  '01-seed-3.1-canonical': ['3 1 1', [], ['3 an access token has expired: every call with it is refused']],
  '02-seed-4.1-json': ['3 1 1', [], []],
  '06-social-connections': ['1 1 1', [], []],
  '08-nan': ['1 1 3', [], ['2 a number that is none (NaN, Infinity) was made text']],
  '09-all-types-canonical': [
    '1 1 1',
    [],
    [
      '1 binary data of an unusual kind were made text',
      '1 code was made text',
      '1 a timestamp was made text',
      '1 a regular expression was made text, its options left out',
      '2 a reference to another document was made text',
      '2 a MinKey or MaxKey was made text',
    ],
  ],
  '11-dates-far': ['1 1 6', [], []],
  '13-date-text-odd': ['1 1 2', [], ['1 a date that is none was made text']],
  '15-mongoexport-ndjson-profile': [
    '0 0 0',
    [
      'profile 1 tenant its tenant is neither in the files nor here',
      'profile 2 tenant its tenant is neither in the files nor here',
    ],
    [],
  ],
  '17-mongoexport-pretty-profile': [
    '0 0 0',
    [
      'profile 1 tenant its tenant is neither in the files nor here',
      'profile 2 tenant its tenant is neither in the files nor here',
    ],
    [],
  ],
  '18-bom': ['1 1 1', [], []],
  '20-duplicate-keys': ['1 1 1', [], ['2 a key was there more than once, the last one was taken']],
  '21-unknown-null-missing': ['1 3 6', [], ['3 an e-mail address is none, or missing: no password can be reset by it']],
  '23-attributes-300': ['1 0 0', ['tenant 1 A tenant has at most 250 attribute definitions'], []],
  '25-odd-keys': [
    '1 1 3',
    [],
    [
      '2 an attribute that no tenant can define is stored, hidden',
      '2 an attribute that its tenant does not define is stored, hidden',
    ],
  ],
  '27-proto-key': [
    '1 1 1',
    [],
    [
      '1 an attribute that no tenant can define is stored, hidden',
      '1 an attribute that its tenant does not define is stored, hidden',
    ],
  ],
  '29-definition-dotted': [
    '1 1 1',
    [],
    [
      '1 a definition was left out: no attribute can be called so',
      '1 an attribute that its tenant does not define is stored, hidden',
    ],
  ],
  '31-undefined-attribute': ['1 1 1', [], ['2 an attribute that its tenant does not define is stored, hidden']],
  '33-duplicate-logins': [
    '1 1 3',
    ['profile 2 its id, or its username in its tenant, is there twice: the first one is taken'],
    [],
  ],
  '35-password-empty': ['1 1 2', [], []],
  '37-password-argon2id': ['1 1 2', [], []],
  '39-ids-hex-text': ['1 1 2', [], []],
  '41-tokens': [
    '11 1 1',
    [],
    [
      '1 an access token has expired: every call with it is refused',
      '9 an access token does not say whether it is a master: it is none',
      '1 an access token has an id that no URL can name: only "npm run admin -- token revoke -" ends it',
    ],
  ],
  '43-names': ['1 4 4', [], ['1 an e-mail address is none, or missing: no password can be reset by it']],
  '45-username-empty': [
    '1 1 1',
    ['profile 1 username is missing or empty', 'profile 2 username is missing or empty'],
    [],
  ],
  '47-lone-surrogate': ['1 1 1', ['profile 1 attributes.t holds ill-formed Unicode'], []],
  '49-collection-case': ['1 1 1', [], []],
  '51-deep-20000': ['1 1 0', ['profile 1 is nested deeper than 100 levels'], []],
  '53-single-values-as-lists': ['1 1 1', [], ['2 a single value where a list belongs was taken as a list of one']],
  '55-token-single-values': [
    '2 1 1',
    [],
    [
      '2 a single value where a list belongs was taken as a list of one',
      '1 a text or number where a flag belongs was taken as one',
    ],
  ],
};

/** Those that are tried elsewhere: what is refused as a whole, and other identity stores. */
const elsewhere = ['05-store-2.4-springdata', '60-keycloak-realm', '62-firebase-accounts', '64-kratos-identities'];

test('every file is tried', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  expect(files.map((name) => name.replace('.json', '')).sort()).toEqual([...Object.keys(cases), ...elsewhere].sort());
});

test.each(Object.entries(cases))('%s', async (file, [taken, rejected, odd]) => {
  const { report, rejects } = await check(file);
  const counts = (['access token', 'tenant', 'profile'] as const).map((kind) => report.of(kind, 'imported'));
  expect(counts.join(' ')).toBe(taken);
  const said = rejects.map(({ collection, number, field, reason }) => [collection, number, field, reason]);
  expect(said.map((parts) => parts.filter((part) => part !== undefined).join(' '))).toEqual(rejected);
  expect([...report.oddities].map(([kind, { count }]) => `${count} ${kind}`)).toEqual(odd);
});

test('a tenant that is rejected takes its profiles with it, which are counted', async () => {
  const { lines } = await check('23-attributes-300');
  expect(lines[0]).toBe('Warning: 1 profile of tenant "t23" left out, as the tenant is.');
});

test('profiles of a server of 2.4 are refused as a whole, too', async () => {
  const { profile } = JSON.parse(readFileSync(`${folder}/05-store-2.4-springdata.json`, 'utf8'));
  const options = { dryRun: true, forNobody: true };
  const refusal = importingText(JSON.stringify(profile), options, 'profile.json');
  await expect(refusal).rejects.toThrow('of a server of 2.4 or older');
});

test('files that cannot be loaded are refused with words that do nothing to a terminal', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'load-')), 'seed.json');
  writeFileSync(
    path,
    JSON.stringify({ profile: [{ username: 'a', tenant: 't', attributes: { 'a\u009b2J': '\ud800' } }] }),
  );
  const refusal = requireLoadable([path]);
  await expect(refusal).rejects.toThrow('attributes.a?2J: holds ill-formed Unicode');
  rmSync(dirname(path), { recursive: true });
});

test('the store of a server of 2.4 is refused as a whole', async () => {
  await expect(check('05-store-2.4-springdata')).rejects.toThrow('of a server of 2.4 or older');
});
