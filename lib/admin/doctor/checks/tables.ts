import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { GetBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import type { Table } from '../../../../functions/shared/config/calls.ts';
import { outputsOf } from '../../../deployment/deployed-stack.ts';
import { isLasting } from '../../../options.ts';
import { tableDefinitions } from '../../../tables.ts';
import { allOf, type Check, type Finding, failed, ok, type Patient, warning } from '../check.ts';

/** The tables that can be restored to any second, and refuse to be deleted. */
const kept: readonly Table[] = ['profiles', 'tokens'];
const tables: readonly Table[] = ['profiles', 'tokens', 'tickets'];

const outputOf: Readonly<Record<Table, string>> = {
  profiles: 'ProfilesTableName',
  tokens: 'TokensTableName',
  tickets: 'TicketsTableName',
};

async function namesOf(patient: Patient): Promise<readonly (readonly [Table, string])[]> {
  const outputs = outputsOf(await patient.stacks());
  return tables.map((table) => [table, outputs[outputOf[table]] ?? ''] as const);
}

const redeploy = 'deploy again';

function indexFindings(table: Table, { GlobalSecondaryIndexes = [] }: TableDescription): readonly Finding[] {
  const active = GlobalSecondaryIndexes.filter(
    ({ IndexStatus }) => IndexStatus === undefined || IndexStatus === 'ACTIVE',
  );
  const there = active.map(({ IndexName }) => IndexName);
  return Object.keys(tableDefinitions[table].indexes ?? {})
    .filter((name) => !there.includes(name))
    .map((name) => failed(`${table} has no index ${name} that is active`, `wait while it is made, or ${redeploy}`));
}

function describedFindings(table: Table, description: TableDescription): readonly Finding[] {
  const { TableStatus, StreamSpecification } = description;
  return [
    TableStatus === 'ACTIVE' ? ok(table) : failed(`${table} is ${TableStatus}`, 'wait, or look at it in DynamoDB'),
    tableDefinitions[table].stream === true && StreamSpecification?.StreamEnabled !== true
      ? failed(`${table} has no stream: changes of tenants are not carried out`, redeploy)
      : ok(table),
    ...indexFindings(table, description),
  ];
}

async function describe(TableName: string): Promise<TableDescription> {
  const { Table } = await new DynamoDBClient().send(new DescribeTableCommand({ TableName }));
  if (Table === undefined) throw new Error(`${TableName} has no description`);
  return Table;
}

const adviceOnLost = (table: Table, { where }: Patient) =>
  kept.includes(table)
    ? `AWS keeps a backup of it for 35 days: find it by "aws dynamodb list-backups --backup-type SYSTEM", have it back by "aws dynamodb restore-table-from-backup" under the same name, then call this again`
    : `"npm run admin -- restore --to TIME${where === '' ? '' : ` ${where}`}" makes a new one, and the next deployment uses it`;

/** A table that somebody has deleted is a finding, and no failure to look. */
async function stateFindings(table: Table, name: string, patient: Patient): Promise<readonly Finding[]> {
  try {
    return describedFindings(table, await describe(name));
  } catch (fault) {
    if (!(fault instanceof ResourceNotFoundException)) throw fault;
    return [failed(`${table} is gone: there is no table ${name}`, adviceOnLost(table, patient))];
  }
}

const tableState: Check = {
  name: 'tables',
  only: 'deployed',
  look: async (patient) => {
    const names = await namesOf(patient);
    const found = await Promise.all(names.map(([table, name]) => stateFindings(table, name, patient)));
    return allOf(found.flat(), 'three, active, with their indexes and the stream');
  },
};

async function timeToLiveFinding(table: Table, TableName: string): Promise<Finding> {
  const wanted = tableDefinitions[table].timeToLiveAttribute;
  if (wanted === undefined) return ok(table);
  const { TimeToLiveDescription } = await new DynamoDBClient().send(new DescribeTimeToLiveCommand({ TableName }));
  const { AttributeName, TimeToLiveStatus = 'DISABLED' } = TimeToLiveDescription ?? {};
  if (AttributeName === wanted && TimeToLiveStatus.startsWith('ENABL')) return ok(table);
  return failed(
    `${table} keeps what has expired`,
    `switch time to live on with the attribute ${wanted}: aws dynamodb update-time-to-live --table-name ${TableName} --time-to-live-specification Enabled=true,AttributeName=${wanted}`,
  );
}

const timeToLive: Check = {
  name: 'time to live',
  only: 'deployed',
  look: async (patient) => {
    const found = await Promise.all((await namesOf(patient)).map(([table, name]) => timeToLiveFinding(table, name)));
    return allOf(found, 'expired tickets and tokens go');
  },
};

async function recoveryFinding(table: Table, TableName: string): Promise<Finding> {
  const { ContinuousBackupsDescription } = await new DynamoDBClient().send(
    new DescribeContinuousBackupsCommand({ TableName }),
  );
  const { PointInTimeRecoveryStatus } = ContinuousBackupsDescription?.PointInTimeRecoveryDescription ?? {};
  if (PointInTimeRecoveryStatus === 'ENABLED') return ok(table);
  return failed(
    `${table} cannot be restored to a point in time`,
    `switch recovery on: aws dynamodb update-continuous-backups --table-name ${TableName} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true`,
  );
}

const recovery: Check = {
  name: 'recovery',
  only: 'deployed',
  look: async (patient) => {
    const names = (await namesOf(patient)).filter(([table]) => kept.includes(table));
    const found = await Promise.all(names.map(([table, name]) => recoveryFinding(table, name)));
    return allOf(found, 'profiles and tokens, to any second of the last 35 days');
  },
};

const tableProtection: Check = {
  name: 'table protection',
  only: 'deployed',
  look: async (patient) => {
    if (!isLasting(patient.stage)) return ok('none: the stage dev goes with its stacks');
    const names = (await namesOf(patient)).filter(([table]) => kept.includes(table));
    const found = await Promise.all(
      names.map(async ([table, name]) =>
        (await describe(name)).DeletionProtectionEnabled === true
          ? ok(table)
          : failed(`${table} can be deleted`, '"npm run deploy" protects it when it has succeeded'),
      ),
    );
    return allOf(found, 'profiles and tokens refuse to be deleted');
  },
};

/** An endpoint in place of AWS has no name of its own for each bucket. */
const addressing = () => ({ forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined });

const bucket: Check = {
  name: 'attachments',
  only: 'deployed',
  look: async (patient) => {
    const { data } = await patient.stacks();
    const Bucket = data.outputs.AttachmentsBucketName;
    const { Status } = await new S3Client(addressing()).send(new GetBucketVersioningCommand({ Bucket }));
    return Status === 'Enabled'
      ? ok('the bucket keeps versions')
      : warning('the bucket keeps no versions: what is deleted cannot be brought back', redeploy);
  },
};

/** Of tables and bucket. */
export const tableChecks: readonly Check[] = [tableState, timeToLive, recovery, tableProtection, bucket];
