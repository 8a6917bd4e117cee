import { readFileSync } from 'node:fs';
import { DescribeTableCommand, DescribeTimeToLiveCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Rehearsal } from './rehearsal.ts';

async function describe(TableName: string | undefined) {
  return (await new DynamoDBClient().send(new DescribeTableCommand({ TableName }))).Table;
}

async function timeToLiveOf(TableName: string | undefined) {
  const { TimeToLiveDescription } = await new DynamoDBClient().send(new DescribeTimeToLiveCommand({ TableName }));
  return TimeToLiveDescription?.TimeToLiveStatus;
}

/** The tables of the rehearsed stage taken back to a moment; they have recovery, the bucket has versions. */
export function restoreSuite({ rehearse, run, stage, outputsOf }: Rehearsal): void {
  const file = `stages/${stage}.json`;
  const image = { Key: '5a0000000000000000000000/image' };

  rehearse('a stage goes back to a moment, in tables that are as those of a deployment', async () => {
    const { AttachmentsBucketName: Bucket, ProfilesTableName, TokensTableName } = await outputsOf();
    const bucket = new S3Client({ forcePathStyle: true });
    await bucket.send(new PutObjectCommand({ ...image, Bucket, Body: 'an image' }));
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const to = new Date(Math.floor(Date.now() / 1000) * 1000).toISOString();
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await bucket.send(new DeleteObjectCommand({ ...image, Bucket }));
    const { status, stdout } = run('admin', 'restore', '--to', to, '--yes');
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringContaining('Attachments that came back: 1.'),
    });
    expect(await (await bucket.send(new GetObjectCommand({ ...image, Bucket }))).Body?.transformToString()).toBe(
      'an image',
    );
    const { restored } = JSON.parse(readFileSync(file, 'utf8'));
    expect(restored).toMatchObject({ to, profilesStreamArn: expect.stringContaining(restored.profiles) });
    const [profiles, before] = await Promise.all([describe(restored.profiles), describe(ProfilesTableName)]);
    expect(profiles?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).sort()).toEqual(
      before?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).sort(),
    );
    expect(profiles).toMatchObject({ DeletionProtectionEnabled: true, StreamSpecification: { StreamEnabled: true } });
    expect(await timeToLiveOf(restored.tokens)).toBe('ENABLED');
    expect(await timeToLiveOf(restored.tickets)).toBe('ENABLED');
    expect(restored.tokens).not.toBe(TokensTableName);
  });

  rehearse('called again it carries on, and ends alike', () => {
    const { restored } = JSON.parse(readFileSync(file, 'utf8'));
    expect(run('admin', 'restore', '--to', restored.to, '--yes').status).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8')).restored).toEqual(restored);
  });

  rehearse('and back: the file names them no more', () => {
    expect(run('admin', 'restore', '--back').status).toBe(0);
    expect(JSON.parse(readFileSync(file, 'utf8'))).not.toHaveProperty('restored');
  });

  rehearse('a moment that no recovery reaches is refused, with those that it does', () => {
    expect(run('admin', 'restore', '--to', '2020-01-01T00:00:00Z', '--yes').status).toBe(2);
  });
}
