import { variablesFrom } from '../../lib/setting-values.ts';

test('a setting goes by its name or its variable, and the last value counts', () => {
  expect(
    variablesFrom([
      'ticketAgeSeconds=1800',
      'LOCK_MINUTES=5',
      'lockMinutes=6',
      'linkAllowList=',
      'newProfileSubject=a=b',
    ]),
  ).toEqual({ TICKET_AGE_SECONDS: '1800', LOCK_MINUTES: '6', LINK_ALLOW_LIST: '', NEW_PROFILE_SUBJECT: 'a=b' });
});

test.each([
  ['ticketAgeSecond=5', 'There is no setting "ticketAgeSecond"; did you mean "ticketAgeSeconds"?'],
  ['ticket-age-seconds=5', 'There is no setting "ticket-age-seconds"; did you mean "ticketAgeSeconds"?'],
  ['wirelne=3.0', 'There is no setting "wirelne"; did you mean "wireLine"?'],
  ['profilesTable=x', 'There is no setting "profilesTable"'],
  ['constructor=x', 'There is no setting "constructor"'],
  ['=5', 'There is no setting ""'],
  ['lockMinutes', '--set lockMinutes has no value: it is --set lockMinutes=value'],
])('%s is refused', (assignment, message) => {
  expect(() => variablesFrom([assignment])).toThrow(
    new RegExp(`^${message.replace(/[?]/g, '\\?')}\nThe settings are: mailSender, .*, contextPath$`),
  );
});
