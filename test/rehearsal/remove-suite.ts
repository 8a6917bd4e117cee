import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { type Rehearsal, stackOf } from './rehearsal.ts';

/** The rehearsed stage taken out of its account: the end of the rehearsal. */
export function removeSuite({ rehearse, run, stage, outputsOf, account }: Rehearsal): void {
  let place = '';
  beforeAll(() => {
    place = mkdtempSync(join(tmpdir(), 'removed-'));
  });
  afterAll(() => rmSync(place, { recursive: true }));

  rehearse('nothing is removed without a terminal to ask on, or --yes', async () => {
    const { status, stdout } = run('admin', 'remove');
    expect({ status, stdout }).toEqual({
      status: 2,
      stdout: expect.stringMatching(/table {3}ServerlessProfile-.*-Profiles/),
    });
    expect((await stackOf(stage, 'Data'))?.StackStatus).toMatch(/_COMPLETE$/);
  });

  rehearse('a stage goes whole, and what it held is exported for its owner alone', async () => {
    const { AttachmentsBucketName } = await outputsOf();
    Object.assign(account().ownEnvironment, { INIT_CWD: place });
    const { status, stdout, stderr } = run('admin', 'remove', '--yes');
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: expect.stringContaining('Nothing is left of it'),
      stderr: '',
    });
    const [folder = ''] = /(?<=Exported into )\S+(?=,)/.exec(stdout) ?? [];
    const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
    const text = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('');
    expect(text).toContain('"ACCESS_TOKEN"');
    expect(text).toContain('"PROFILE"');
    expect(files.map((name) => statSync(join(folder, name)).mode & 0o077)).toEqual(files.map(() => 0));
    const { TableNames = [] } = await new DynamoDBClient().send(new ListTablesCommand({}));
    const { Buckets = [] } = await new S3Client({ forcePathStyle: true }).send(new ListBucketsCommand({}));
    expect(
      [...TableNames, ...Buckets.map(({ Name = '' }) => Name)].filter(
        (name) => name.includes(stage) || name === AttachmentsBucketName,
      ),
    ).toEqual([]);
    for (const part of ['Data', 'Api', 'Domain'] as const)
      await expect(stackOf(stage, part)).rejects.toThrow('does not exist');
  });

  rehearse('where nothing is left there is nothing to remove', () => {
    expect(run('admin', 'remove', '--yes').status).toBe(2);
  });
}
