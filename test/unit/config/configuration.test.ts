import { ConfigurationError, forgetSettings, readSettings } from '../../../functions/shared/config/configuration.ts';
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
      'Configuration: WIRE_LINE must be 3.1, 3.1.0 or 3.0; TICKET_AGE_SECONDS must be a whole number, 0 or more; LOCK_MINUTES must be a whole number, 0 or more',
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

test('an upload limit beyond what a function takes is cut to it', () => {
  expect([settingTable.uploadLimitBytes.read('99999999'), settingTable.uploadLimitBytes.read('5')]).toEqual([
    4_194_304, 5,
  ]);
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
