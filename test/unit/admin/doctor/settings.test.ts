import { settingChecks } from '../../../../lib/admin/doctor/checks/settings.ts';
import { examine } from '../../../../lib/admin/doctor/doctor.ts';
import { patientWith } from '../../../support/patient.ts';

async function found(settings: Readonly<Record<string, unknown>>) {
  const results = await examine(settingChecks, patientWith(settings));
  return Object.fromEntries(results.map(({ name, finding }) => [name, finding]));
}

test('the defaults make sense, but for links that may lead anywhere', async () => {
  const { ranges, 'mailed links': links } = await found({});
  expect(ranges?.verdict).toBe('ok');
  expect(links).toEqual({
    verdict: 'warning',
    found: 'may lead to any page, of which a caller names one',
    advice: 'set linkAllowList in stages/production.json to the origins of your pages, and deploy it',
  });
});

test('links that lead to known pages are well', async () => {
  expect((await found({ linkAllowList: 'https://app.company.org' }))['mailed links']?.verdict).toBe('ok');
});

test.each([
  ['ticketAgeSeconds', 5],
  ['ticketAgeSeconds', 9_999_999],
  ['persistentLoginAgeSeconds', 60],
  ['verificationTokenAgeSeconds', 8 * 86_400],
  ['lockThreshold', 0],
  ['lockThreshold', 1000],
  ['delayThreshold', 1000],
  ['lockMinutes', 0],
  ['cacheSeconds', 3600],
  ['uploadLimitBytes', 1],
  ['logRetentionDays', 7],
  ['passwordRequestsPerSecond', 99_999],
])('%s of %d is told', async (key, value) => {
  const { ranges } = await found({ [key]: value });
  expect(ranges?.verdict).toBe('warning');
  expect(ranges?.found).toMatch(new RegExp(`^${key} is ${value}, outside of `));
});
