import { keyedHash } from '../../functions/shared/audit/trail.ts';
import { setting } from '../../functions/shared/config/configuration.ts';
import { findAuditKey, keepAuditKey } from '../../functions/shared/repositories/audit-key.ts';
import { runAdmin } from '../../lib/admin/run-command.ts';
import { withCloudFormation } from '../support/cloud-formation.ts';
import { withCloudWatchLogs } from '../support/cloud-watch-logs.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { withArguments } from '../support/run-script.ts';

const DAY_MS = 86_400_000;
const group = {
  logGroupName: '/serverless-profile/dev/functions',
  creationTime: Date.now() - 20 * DAY_MS,
  retentionInDays: 400,
};
const cloudFormation = withCloudFormation();
const logs = withCloudWatchLogs(group);
let api: LocalApi;
const lines: string[] = [];

beforeAll(async () => {
  api = await startLocalApi();
  const outputs = {
    ProfilesTableName: setting('profilesTable'),
    TokensTableName: setting('tokensTable'),
    TicketsTableName: setting('ticketsTable'),
    AttachmentsBucketName: 'a',
  };
  cloudFormation.use({ 'ServerlessProfile-dev-Data': { outputs } });
});
afterAll(() => api.stop());
beforeEach(() => {
  lines.length = 0;
  jest.spyOn(console, 'log').mockImplementation((line) => void lines.push(String(line)));
});
afterEach(() => jest.restoreAllMocks());

const run = (...args: readonly string[]) => withArguments(args, runAdmin);
const atMs = Date.now() - DAY_MS;
const put = (timestamp: number, message: object) =>
  logs.state.events.push({
    timestamp,
    message: JSON.stringify({ timestamp: new Date(timestamp).toISOString(), audit: 1, outcome: 'done', ...message }),
  });
const asked = async (...args: readonly string[]) => {
  lines.length = 0;
  await run('audit', '--json', ...args);
  return JSON.parse(lines.join('\n'));
};

test('what a command changes is in the log of the stage, with the AWS identity, and is read back', async () => {
  keepAuditKey(undefined);
  await api.seedAccessToken({ id: 'canary' });
  await run('token', 'revoke', 'canary');
  const { records } = await asked();
  expect(records).toEqual([
    {
      level: 'INFO',
      message: 'Audit',
      timestamp: expect.any(String),
      operation: 'admin token revoke',
      audit: 1,
      outcome: 'done',
      accessToken: expect.stringMatching(/^[\da-f]{32}$/),
      fields: ['accessToken'],
      operator: logs.operator,
    },
  ]);
  expect((await asked('--tenant', 'default')).records).toEqual([]);
});

test('windows with more records than a query answers with are halved until all are there', async () => {
  for (let at = 0; at < 25_000; at++) put(atMs + at * 1000, { number: at });
  const { records, notes } = await asked();
  const numbers = records.map(({ number }: { number: number }) => number);
  expect([numbers.length, new Set(numbers).size, numbers.at(0), numbers.at(-1)]).toEqual([25_000, 25_000, 0, 24_999]);
  expect([numbers.toSorted((a: number, b: number) => a - b), notes]).toEqual([numbers, []]);
});

test('of a second that has too many those are there that were answered, and it is told', async () => {
  for (let at = 0; at < 10_001; at++) put(atMs, {});
  const { records, notes } = await asked();
  expect(records).toHaveLength(10_000);
  expect(notes).toEqual([expect.stringMatching(/^Of the second .*\.000Z there are more records than a query answers/)]);
});

test('a query waits where too many are under way, and one that fails is told', async () => {
  logs.state.refusals = 2;
  put(atMs, {});
  expect((await asked()).records).toHaveLength(1);
  logs.state.status = 'Failed';
  await expect(asked()).rejects.toThrow('CloudWatch Logs Insights did not answer: its query is Failed');
  Object.assign(logs.state, { refusals: 1, refusal: 'AccessDeniedException' });
  await expect(asked()).rejects.toThrow(
    'AWS refuses to have the log read: the credentials need logs:DescribeLogGroups',
  );
});

test('the answer is complete from when the log begins, and killed calls are told apart', async () => {
  const killed = {
    time: new Date(atMs).toISOString(),
    type: 'platform.report',
    record: { requestId: 'r', status: 'timeout' },
  };
  const good = { ...killed, record: { requestId: 's', status: 'success' } };
  for (const one of [killed, good]) logs.state.events.push({ timestamp: atMs, message: JSON.stringify(one) });
  const answer = await asked('--since', '365d', '--tenant', 'default');
  expect(answer).toEqual({
    completeFrom: new Date(group.creationTime).toISOString(),
    completeTo: expect.any(String),
    records: [],
    killed: [{ time: killed.time, awsRequestId: 'r', status: 'timeout' }],
    notes: [],
  });
  expect(Date.parse(answer.completeTo)).toBeLessThanOrEqual(Date.now() - 120_000);
});

test('the query is of tenant and user as the trail has them', async () => {
  const key = await findAuditKey();
  const hash = keyedHash(key ?? Buffer.of(), 'user', 'a "b" \\', 'mara');
  await asked('--tenant', 'a "b" \\', '--username', 'mara');
  const profile = '5b00000000000000000000aa';
  await asked('--tenant', 'a', '--profile', profile);
  const about = (condition: string) =>
    `fields @message | filter audit = 1 and ${condition} | sort @timestamp asc | limit 10000`;
  expect(logs.state.asked.map(({ queryString }) => queryString).filter((text) => text.includes('audit'))).toEqual([
    about(`tenant = "a \\"b\\" \\\\" and (user = "${hash}" or newUser = "${hash}")`),
    about(`(tenant = "a" or not ispresent(tenant)) and profileId = "${profile}"`),
  ]);
});

test('a log group that is not there is told', async () => {
  cloudFormation.use({
    'ServerlessProfile-other-Data': {
      outputs: {
        ProfilesTableName: setting('profilesTable'),
        TokensTableName: setting('tokensTable'),
        TicketsTableName: setting('ticketsTable'),
        AttachmentsBucketName: 'a',
      },
    },
  });
  await expect(run('audit', '--stage', 'other')).rejects.toThrow('There is no log group /serverless-profile/other');
});
