import {
  ConfigurationError,
  forgetSettings,
  readSettings,
  setting,
} from '../../../functions/shared/config/configuration.ts';
import { settingDescriptions } from '../../../functions/shared/config/setting-descriptions.ts';
import { type SettingName, settingTable } from '../../../functions/shared/config/settings.ts';
import { wireLines } from '../../../functions/shared/config/wire-line.ts';

const names = Object.keys(settingTable).filter((name): name is SettingName => name in settingTable);

const environment = process.env;
afterEach(() => {
  process.env = environment;
  forgetSettings();
});

/** Reads the settings of an environment. */
function read<Name extends SettingName>(of: readonly Name[], variables: Record<string, string> = {}) {
  process.env = variables;
  return readSettings(of);
}

test('every missing variable is named at once', () => {
  expect(() => read(['profilesTable', 'ticketAgeSeconds', 'mailSender', 'tokensTable'])).toThrow(
    new ConfigurationError('Configuration: PROFILES_TABLE is missing; MAIL_SENDER is missing; TOKENS_TABLE is missing'),
  );
});

test('every bad value is named by its variable, and no value is told', () => {
  const variables = {
    WIRE_LINE: 'secret',
    TICKET_AGE_SECONDS: '-1',
    PROFILES_TABLE: 'profiles',
    LOCK_MINUTES: '1e3',
  };
  const of = ['wireLine', 'ticketAgeSeconds', 'profilesTable', 'lockMinutes', 'cacheSeconds'] as const;
  expect(() => read(of, variables)).toThrow(
    new ConfigurationError(
      'Configuration: WIRE_LINE must be 3.1, 3.1.0 or 3.0; TICKET_AGE_SECONDS must be a whole number from 0 to 9999999999; LOCK_MINUTES must be a whole number from 0 to 9999999999',
    ),
  );
});

test('the environment is read once for each list of names, and anew when that is forgotten', () => {
  const of = ['ticketAgeSeconds'] as const;
  expect(read(of, { TICKET_AGE_SECONDS: '5' })).toEqual({ ticketAgeSeconds: 5 });
  expect(read(of, { TICKET_AGE_SECONDS: '6' })).toEqual({ ticketAgeSeconds: 5 });
  forgetSettings();
  expect(read(of, { TICKET_AGE_SECONDS: '6' })).toEqual({ ticketAgeSeconds: 6 });
});

test('a fault is not remembered', () => {
  const of = ['profilesTable'] as const;
  expect(() => read(of)).toThrow(ConfigurationError);
  expect(read(of, { PROFILES_TABLE: 'profiles' })).toEqual({ profilesTable: 'profiles' });
});

test('the defaults are those of the contract', () => {
  const defaults = {
    ticketAgeSeconds: 900,
    verificationTokenAgeSeconds: 86_400,
    persistentLoginAgeSeconds: 1_296_000,
    lockMinutes: 10,
    lockThreshold: 8,
    delayThreshold: 2,
    uploadLimitBytes: 4_194_304,
    cacheSeconds: 0,
    newProfileSubject: 'Verify Account',
    resetPasswordSubject: 'Reset Password',
    wireLine: wireLines['3.1'],
    linkAllowList: [],
    managementTokenSha256: '',
  };
  expect(read(names.filter((name) => name in defaults))).toEqual(defaults);
});

test.each([
  ['wireLine', ['3.1', '3.1.0', '3.0'], ['3.2', '', '3.1 ', 'constructor']],
  ['ticketAgeSeconds', ['0', '1800', '9999999999'], ['abc', '-1', '1e3', '0x10', '1.5', '', ' 5', '٣', '99999999999']],
  ['uploadLimitBytes', ['0', '5', '4194304'], ['99999999', '4194305', '4 MB']],
  [
    'contextPath',
    ['', '/a', '/a/b', '/crafter-profile', '/v1.2'],
    ['foo', '/', '/a/b/', '//a', '/a b', '/..', '/a/./b', '/a?b'],
  ],
  [
    'linkAllowList',
    ['', 'https://app.example.com', 'http://localhost:3000, https://[::1]:8443/', 'HTTPS://bücher.example'],
    [
      'app.example.com',
      '//app.example.com',
      'https://',
      'https://*.example.com',
      'https://a.example/path',
      'ftp://a.example',
      'https://a@b.example',
      'https://a.example?x',
      ',',
      ' ',
      'https://a.example b.example',
      'https://a.example:99999',
      'null',
    ],
  ],
  ['managementTokenSha256', ['', 'a'.repeat(64), 'A0'.repeat(32)], ['xyz', 'a'.repeat(63), 'g'.repeat(64), ' ']],
  [
    'mailSender',
    ['a@b.example', 'Mara <a@b.example>'],
    ['', 'a', 'a@', '@b', 'a@b.example\r\nBcc: c@d.example', 'Mara <a>'],
  ],
  ['newProfileSubject', ['', 'Verify Account', 'Prüfen'], ['a\nb', 'a\r\nBcc: x']],
  ['profilesTable', ['profiles'], ['', ' ']],
] as const)('%s takes some values, and refuses others without telling them', (name, good, bad) => {
  for (const value of good) expect(() => settingTable[name].read(value)).not.toThrow();
  for (const value of bad)
    expect([value, refusalOf(name, value)]).toEqual([value, expect.stringMatching(/^must (not )?be /)]);
});

function refusalOf(name: SettingName, value: string): string | undefined {
  try {
    settingTable[name].read(value);
    return undefined;
  } catch (fault) {
    return fault instanceof Error ? fault.message : undefined;
  }
}

test('a setting that is read by itself names its variable, too', () => {
  process.env = { WIRE_LINE: 'secret' };
  expect(() => setting('wireLine')).toThrow(new ConfigurationError('WIRE_LINE must be 3.1, 3.1.0 or 3.0'));
  expect(() => setting('profilesTable')).toThrow(new ConfigurationError('PROFILES_TABLE is missing'));
});

test('the allow-list is split at commas, blanks and empty words dropped', () => {
  expect(settingTable.linkAllowList.read(' https://a.example , ,https://b.example')).toEqual([
    'https://a.example',
    'https://b.example',
  ]);
});

test('every setting has a variable of its own and a description', () => {
  expect(new Set(names.map((name) => settingTable[name].variable)).size).toBe(names.length);
  for (const name of names) expect([name, settingDescriptions[name].length > 10]).toEqual([name, true]);
});
