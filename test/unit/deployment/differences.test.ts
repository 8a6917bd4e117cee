import { deployedSettings, differencesFrom, lineOf } from '../../../lib/deployment/differences.ts';

const api = { name: 'x', status: 'UPDATE_COMPLETE', outputs: {}, parameters: {}, isProtected: true };

test('what changes, comes and goes is told, and nothing else', () => {
  const deployed = { lockMinutes: '10', tracing: 'false', gone: 'x', alarmEmail: 'a@b.org' };
  const settings = { lockMinutes: '10', tracing: 'true', alarmEmail: '', wireLine: '3.1' };
  expect(differencesFrom(deployed, settings).map(lineOf)).toEqual([
    '  tracing: false → true',
    '  alarmEmail: a@b.org → (none)',
    '  wireLine: (none) → 3.1',
    '  gone: x → (none)',
  ]);
});

test('what may be the management token itself is not shown', () => {
  expect(lineOf({ key: 'managementTokenSha256', was: '', willBe: 'secret' })).toBe(
    '  managementTokenSha256: (none) → (6 characters, not shown)',
  );
});

test('an older deployment is known by the parameter that it had, and a newer one by what it has written', () => {
  const older = { ...api, parameters: { MailSender: 'a@b.org' } };
  expect(deployedSettings(older, undefined)).toEqual({ mailSender: 'a@b.org' });
  expect(deployedSettings(api, undefined)).toEqual({});
  expect(deployedSettings(older, { version: '1', settings: { lockMinutes: '5' } })).toEqual({ lockMinutes: '5' });
});
