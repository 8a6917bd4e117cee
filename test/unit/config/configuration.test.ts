import { ConfigurationError, checkConfiguration, setting } from '../../../functions/shared/config/configuration.ts';
import { settingDescriptions } from '../../../functions/shared/config/setting-descriptions.ts';
import { type SettingName, settingTable } from '../../../functions/shared/config/settings.ts';

const names = Object.keys(settingTable).filter((name): name is SettingName => name in settingTable);

test('every missing variable is named at once', () => {
  const check = () => checkConfiguration(['profilesTable', 'ticketAgeSeconds', 'mailSender', 'tokensTable'], {});
  expect(check).toThrow(
    new ConfigurationError('Configuration: PROFILES_TABLE is missing; MAIL_SENDER is missing; TOKENS_TABLE is missing'),
  );
});

test('every bad value is named by its variable, and no value is told', () => {
  const environment = {
    WIRE_LINE: 'secret',
    TICKET_AGE_SECONDS: '-1',
    PROFILES_TABLE: 'profiles',
    LOCK_MINUTES: '1e3',
  };
  const check = () =>
    checkConfiguration(['wireLine', 'ticketAgeSeconds', 'profilesTable', 'lockMinutes', 'cacheSeconds'], environment);
  expect(check).toThrow(
    new ConfigurationError(
      'Configuration: WIRE_LINE must be 3.1 or 3.0; TICKET_AGE_SECONDS must be a whole number, 0 or more; LOCK_MINUTES must be a whole number, 0 or more',
    ),
  );
});

test('what has a fallback may be missing', () => {
  expect(() => checkConfiguration(['wireLine', 'linkAllowList', 'managementTokenSha256'], {})).not.toThrow();
});

test('the defaults are those of the contract', () => {
  const values = (
    [
      'ticketAgeSeconds',
      'verificationTokenAgeSeconds',
      'persistentLoginAgeSeconds',
      'lockMinutes',
      'lockThreshold',
    ] as const
  ).map((name) => setting(name));
  expect(values).toEqual([900, 86_400, 1_296_000, 10, 8]);
  expect([setting('delayThreshold'), setting('uploadLimitBytes'), setting('cacheSeconds')]).toEqual([2, 4_194_304, 0]);
  expect([setting('newProfileSubject'), setting('resetPasswordSubject')]).toEqual(['Verify Account', 'Reset Password']);
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
