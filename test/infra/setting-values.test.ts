import { settingFaults } from '../../lib/setting-values.ts';

test('every setting that is not allowed is named at once, with its value and what is', () => {
  const faulty = {
    WIRE_LINE: '3.2',
    LOCK_MINUTES: '-1',
    CONTEXT_PATH: 'foo',
    TICKET_AGE_SECONDS: 'abc',
    UPLOAD_LIMIT_BYTES: '99999999',
    LINK_ALLOW_LIST: 'app.example.com',
    CACHE_SECONDS: '60',
  };
  const wholeNumber = 'must be a whole number from 0 to';
  expect(settingFaults(faulty)).toEqual([
    'LINK_ALLOW_LIST=app.example.com must be empty or origins such as https://app.example.com, separated by commas, without a path',
    `TICKET_AGE_SECONDS=abc ${wholeNumber} 9999999999`,
    `LOCK_MINUTES=-1 ${wholeNumber} 9999999999`,
    `UPLOAD_LIMIT_BYTES=99999999 ${wholeNumber} 4194304`,
    'WIRE_LINE=3.2 must be 3.1, 3.1.0 or 3.0',
    'CONTEXT_PATH=foo must be empty or like /crafter-profile, without a slash at its end',
  ]);
});

test('a value is told in one line, and not without end', () => {
  const [empty] = settingFaults({ WIRE_LINE: '' });
  const [lines] = settingFaults({ NEW_PROFILE_SUBJECT: 'a\nb\u001b[31m\u2028' });
  const [long] = settingFaults({ LINK_ALLOW_LIST: 'x'.repeat(10_000) });
  expect(empty).toBe('WIRE_LINE="" must be 3.1, 3.1.0 or 3.0');
  expect(lines).toMatch(/^NEW_PROFILE_SUBJECT="a\\nb[^\n]+" must be one line of text$/);
  expect(lines).not.toMatch(/[\p{Cc}\u2028]/u);
  expect(long?.length).toBeLessThan(250);
});

test('the token that stands where its hash belongs is not told', () => {
  expect(settingFaults({ MANAGEMENT_TOKEN_SHA256: 'xyz' })).toEqual([
    'MANAGEMENT_TOKEN_SHA256 (3 characters, not shown) must be empty or a SHA-256 in 64 hex digits',
  ]);
});
