import { createHash } from 'node:crypto';
import { linesToPaste, triedRequests } from '../../../lib/local/tried-requests.ts';

const at = { api: 'http://127.0.0.1:8080/crafter-profile/api/1', mailbox: 'http://127.0.0.1:8005', where: '--local' };
const linux = { platform: 'linux', env: {} } as const;
const windows = { platform: 'win32', env: {} } as const;
const sampled = { token: 't-1', tenant: 'sample-tenant', profileId: 'p-1', isSample: true };

test('the lines to paste are variables of a shell, nothing else', () => {
  expect(linesToPaste({ ...at, triable: sampled }, linux)).toBe(
    'API=http://127.0.0.1:8080/crafter-profile/api/1\nTOKEN=t-1\nMAILBOX=http://127.0.0.1:8005',
  );
});

test('on Windows they are there for PowerShell, too', () => {
  const lines = linesToPaste({ ...at, triable: sampled }, windows).split('\n');
  expect(lines).toContain('$TOKEN = "t-1"');
  expect(lines).toContain('$MAILBOX = "http://127.0.0.1:8005"');
  expect(lines).toContain('TOKEN=t-1');
  expect(triedRequests({ ...at, triable: sampled }, windows)).toMatch(/^ {2}curl\.exe -H /m);
});

test('on the sample data requests carry the token as a header, from the variables', () => {
  const text = triedRequests({ ...at, triable: sampled }, linux);
  expect(text).toContain('  curl -H "Authorization: Bearer $TOKEN" "$API/profile/592715d4d4c650e226b03b62"\n');
  expect(text).not.toMatch(/accessTokenId|t-1|127\.0\.0\.1/);
});

test('on other data they name what is there, so that a shell takes it as it is', () => {
  const triable = { token: 't', tenant: `a"b $x \`y\` & 'z'!`, profileId: 'p-1', isSample: false };
  const text = triedRequests({ ...at, triable }, linux);
  expect(text).toContain('"$API/profile/p-1"');
  expect(text).toContain(`"$API/profile/count?tenantName=a%22b%20%24x%20%60y%60%20%26%20'z'%21"`);
  expect(text).not.toContain('john.doe');
});

test('where no token fits, what makes one is said', () => {
  const nothing = { ...at, triable: { isSample: false } };
  expect(linesToPaste(nothing, linux)).not.toContain('TOKEN');
  const text = triedRequests(nothing, linux);
  expect(text).toContain('npm run admin -- bootstrap --local --again --email ADDRESS');
  expect(text).not.toContain('$TOKEN');
});

test('monitoring is shown with the token of the local stack alone', () => {
  const hash = createHash('sha256').update('defaultManagementToken').digest('hex');
  const shown = (MANAGEMENT_TOKEN_SHA256: string) =>
    triedRequests({ ...at, triable: sampled }, { platform: 'linux', env: { MANAGEMENT_TOKEN_SHA256 } });
  expect(shown(hash)).toContain('curl "$API/monitoring/status?token=defaultManagementToken"');
  expect(shown('another')).not.toContain('monitoring');
});
