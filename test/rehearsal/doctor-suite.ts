import { DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { DeleteIdentityCommand, SESClient, VerifyDomainIdentityCommand } from '@aws-sdk/client-ses';
import {
  countFallback,
  dropIndex,
  dropTable,
  expire,
  protectStack,
  recover,
  setAlarm,
  subscribe,
  version,
} from './illnesses.ts';
import { illnessesOf, lineOf, type Rehearsal } from './rehearsal.ts';

/** What `admin doctor` says of the rehearsed stage, which is deployed with a sender of company.org: well once its advice is followed, and ill in each way that it knows. */
export function doctorSuite({ rehearse, run, outputsOf, account }: Rehearsal): void {
  const doctor = () => illnessesOf(run);

  rehearse('once its advice is followed, doctor has nothing to say', async () => {
    const { ProfilesTableName, TokensTableName, TicketsTableName, AttachmentsBucketName } = await outputsOf();
    // The emulator leaves these out of what it makes of a template.
    for (const table of [TokensTableName, TicketsTableName]) await expire(table, true);
    for (const table of [ProfilesTableName, TokensTableName]) await recover(table, true);
    await version(AttachmentsBucketName, 'Enabled');
    const settings = ['linkAllowList=https://app.company.org', 'alarmEmail=ops@company.org'];
    expect(doctor()).toEqual({
      status: 1,
      ill: { 'mailed links': 'warning', 'sender verified': 'failed', 'alarm mails': 'warning' },
    });
    await new SESClient().send(new VerifyDomainIdentityCommand({ Domain: 'company.org' }));
    run('deploy', ...settings.flatMap((setting) => ['-c', setting]), '--yes');
    expect(doctor()).toEqual({ status: 1, ill: { 'alarm mails': 'failed' } });
    await subscribe();
    expect(doctor()).toEqual({ status: 0, ill: {} });
  });

  rehearse('doctor tells of an account that is small, or whose mail bounces', () => {
    account().become({ mailQuota: 200, bounces: 3, callsAtOnce: 10 });
    expect(doctor()).toEqual({ status: 3, ill: { 'mail quota': 'warning', bounces: 'warning', quotas: 'warning' } });
    account().become({ sending: false, bounces: 6, requestsPerSecond: 100 });
    expect(doctor()).toEqual({ status: 1, ill: { 'mail quota': 'failed', bounces: 'failed', quotas: 'warning' } });
    account().become({ mailsSent: 45_000 });
    expect(doctor()).toEqual({ status: 3, ill: { 'mail quota': 'warning' } });
    account().become({});
  });
}

/** What `admin doctor` says once much has been switched off: the last part of the rehearsal. */
export function illnessSuite({ rehearse, run, stage, outputsOf }: Rehearsal): void {
  rehearse('doctor tells of whatever somebody has switched off, and of alarms', async () => {
    const { ProfilesTableName, TokensTableName, TicketsTableName, AttachmentsBucketName } = await outputsOf();
    await recover(ProfilesTableName, false);
    await expire(TicketsTableName, false);
    await version(AttachmentsBucketName, 'Suspended');
    await new DynamoDBClient().send(
      new UpdateTableCommand({ TableName: TokensTableName, DeletionProtectionEnabled: false }),
    );
    await protectStack(`ServerlessProfile-${stage}-Api`, false);
    await protectStack(`ServerlessProfile-${stage}-Domain`, false);
    await new SESClient().send(new DeleteIdentityCommand({ Identity: 'company.org' }));
    await setAlarm('ALARM');
    await countFallback(stage);
    expect(illnessesOf(run)).toEqual({
      status: 1,
      ill: {
        'stack protection': 'failed',
        'time to live': 'failed',
        recovery: 'failed',
        'table protection': 'failed',
        attachments: 'warning',
        'sender verified': 'failed',
        alarms: 'failed',
        argon2id: 'warning',
      },
    });
    // The emulator cannot delete what a bucket without versions holds.
    await version(AttachmentsBucketName, 'Enabled');
  });

  rehearse('doctor tells of an index and of tables that somebody has deleted', async () => {
    const { ProfilesTableName, TicketsTableName, TokensTableName } = await outputsOf();
    await dropIndex(ProfilesTableName, 'byEmail');
    expect(lineOf('tables', run)).toMatch(/^failed .* profiles has no index byEmail that is active\. /);
    const [bringBack] = [await dropTable(TokensTableName), await dropTable(TicketsTableName)];
    const line = lineOf('tables', run);
    expect(line).toContain(`tokens is gone: there is no table ${TokensTableName}`);
    expect(line).toContain('AWS keeps a backup of it for 35 days');
    expect(line).toContain(`tickets is gone: there is no table ${TicketsTableName}`);
    expect(line).toContain(`"npm run admin -- restore --to TIME --stage ${stage}" makes a new one`);
    await bringBack();
    expect(lineOf('tables', run)).not.toContain('tokens is gone');
  });
}
