import { createServer } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { lastStateOf } from '../../../lib/admin/restore/backups.ts';
import { nothingKnown } from '../../../lib/admin/restore/ended-since.ts';
import { readEnded } from '../../../lib/admin/restore/read-ended.ts';
import { withCloudWatchLogs } from '../../support/cloud-watch-logs.ts';

const MINUTE_MS = 60_000;
const nowMs = Math.floor(Date.now() / 1000) * 1000;
const [deletedMs, againMs] = [nowMs - 60 * MINUTE_MS, nowMs - 30 * MINUTE_MS];
const logs = withCloudWatchLogs({
  logGroupName: '/serverless-profile/dev/functions',
  creationTime: deletedMs - MINUTE_MS,
});

const backup = (arn: string, timeMs: number, more: object = {}) => ({
  BackupArn: `arn:aws:dynamodb:eu-central-1:1:table/T/backup/${arn}`,
  BackupType: 'SYSTEM',
  BackupStatus: 'AVAILABLE',
  BackupCreationDateTime: timeMs / 1000,
  ...more,
});
/** What DynamoDB has kept of one table, in two answers. */
let pages: readonly (readonly object[])[] = [];
const server = createServer(async (request, response) => {
  let text = '';
  for await (const piece of request) text += piece;
  const page = JSON.parse(text).ExclusiveStartBackupArn === undefined ? 0 : 1;
  const BackupSummaries = pages[page] ?? [];
  const more = page === 0 && pages.length > 1 ? { LastEvaluatedBackupArn: backup('page', 0).BackupArn } : {};
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify({ BackupSummaries, ...more }));
});
let client: DynamoDBClient;
beforeAll(async () => {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_REGION: 'eu-central-1' });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  client = new DynamoDBClient({ endpoint: `http://127.0.0.1:${port}` });
});
afterAll(() => {
  client.destroy();
  server.close();
});

describe('a table that was deleted twice', () => {
  beforeEach(() => {
    pages = [
      [backup('first', deletedMs), backup('making', nowMs, { BackupStatus: 'CREATING' })],
      [backup('second', againMs), backup('own', nowMs, { BackupType: 'USER' })],
    ];
  });

  test.each([
    ['the last deletion', nowMs, 'second', againMs],
    ['one before', againMs - 1, 'first', deletedMs],
  ])('comes back as it was at %s, where the moment is after that', async (_, momentMs, name, atMs) => {
    const state = await lastStateOf(client, 'T', new Date(momentMs));
    expect(state).toEqual({ arn: backup(name, 0).BackupArn, atMs, lastMs: againMs });
  });

  test('does not come back as it was earlier: the moments that there are are told', async () => {
    const [second, first] = [againMs, deletedMs].map((timeMs) => new Date(timeMs).toISOString());
    await expect(lastStateOf(client, 'T', new Date(deletedMs - 1))).rejects.toThrow(
      `T is gone, and can only come back as it was when it was deleted: give --to ${second} or ${first}, or a later moment`,
    );
  });
});

test('a table of which nothing is kept is lost', async () => {
  pages = [];
  await expect(lastStateOf(client, 'T', new Date())).rejects.toThrow('T is gone, and DynamoDB has kept nothing of it');
});

describe('what was ended since', () => {
  const state = { arn: '', atMs: deletedMs, lastMs: deletedMs };
  const put = (timestamp: number, line: object) => logs.state.events.push({ timestamp, message: JSON.stringify(line) });
  const record = (timeMs: number, accessToken: string) =>
    put(timeMs, {
      timestamp: new Date(timeMs).toISOString(),
      audit: 1,
      operation: 'deleteAccessToken',
      outcome: 'done',
      fields: ['accessToken'],
      accessToken,
    });
  const killed = (time: number) =>
    put(time, {
      time: new Date(time).toISOString(),
      type: 'platform.report',
      record: { requestId: 'r', status: 'timeout' },
    });

  test('is what the log says from the deletion on', async () => {
    record(deletedMs - 1, 'before');
    record(deletedMs, 'then');
    record(nowMs - 1000, 'later');
    const { ended, lack } = await readEnded('dev', state);
    expect([ended.accessTokens, lack]).toEqual([new Set(['then', 'later']), undefined]);
  });

  test('is not known where the log begins later, is not there, or cannot be read', async () => {
    const begin = { ...state, atMs: deletedMs - 2 * MINUTE_MS };
    expect(await readEnded('dev', begin)).toEqual({
      ended: nothingKnown,
      lack: expect.stringMatching(/^it begins at /),
    });
    expect(await readEnded('other', state)).toMatchObject({ lack: expect.stringContaining('There is no log group') });
    Object.assign(logs.state, { refusals: 1, refusal: 'AccessDeniedException' });
    expect(await readEnded('dev', state)).toMatchObject({
      lack: expect.stringContaining('AWS refuses to have the log'),
    });
  });

  test('is known whatever was killed since, but where another table had taken the place', async () => {
    killed(againMs - 1);
    expect((await readEnded('dev', state)).lack).toBeUndefined();
    const lack = 'calls were killed of which nobody knows what they did: 1';
    expect((await readEnded('dev', { ...state, lastMs: againMs })).lack).toBe(lack);
    expect((await readEnded('dev', { ...state, lastMs: nowMs })).lack).toContain('the last two minutes');
  });
});
