import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { ApiGatewayV2Client, GetStageCommand } from '@aws-sdk/client-apigatewayv2';
import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { DeleteObjectCommand, HeadBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { doctorSuite, illnessSuite } from './doctor-suite.ts';
import { domainSuite } from './domain-suite.ts';
import { type EmulatedAccount, startAccount } from './emulated-account.ts';
import { testOfEmulator } from './emulator.ts';
import { outputsOf, stackOf } from './rehearsal.ts';
import { removeSuite } from './remove-suite.ts';
import { restoreSuite } from './restore-suite.ts';

/** Each is a deployment by the real CDK CLI. */
jest.setTimeout(300_000);

const stage = `rehearsal-${process.pid}`;
const file = `stages/${stage}.json`;
const rehearse = testOfEmulator('The rehearsal of a deployment');

let account: EmulatedAccount;
const before = { ...process.env };
beforeAll(async () => {
  if (rehearse === test.skip) return;
  account = await startAccount();
  Object.assign(process.env, account.environment);
});
afterAll(async () => {
  rmSync(file, { force: true });
  process.env = before;
  await account?.stop();
});

const run = (script: string, ...words: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`bin/${script}.ts`, ...words, '--stage', stage], {
    encoding: 'utf8',
    env: script === 'admin' ? account.ownEnvironment : account.environment,
  });
  return { status, stdout, stderr };
};

rehearse('on an empty account doctor is failed, and says what it could not look at', () => {
  const { status, stdout } = run('admin', 'doctor');
  expect(status).toBe(1);
  expect(stdout).toMatch(/^failed {3}stacks {11}could not look: stage \S+ is not deployed in eu-central-1/m);
  expect(stdout).toMatch(/^failed {3}mail sender {6}Stage \S+ has no sender of mail/m);
});

async function isDeletionProtected(output: string) {
  const TableName = (await outputsOf(stage))[output];
  const { Table } = await new DynamoDBClient().send(new DescribeTableCommand({ TableName }));
  return Table?.DeletionProtectionEnabled === true;
}

async function variableOf(name: string, variable: string) {
  const lambda = new LambdaClient();
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  const { FunctionName } = Functions.find((one) => one.FunctionName?.includes(name)) ?? {};
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  return Environment?.Variables?.[variable];
}

async function limitsOfRoutes() {
  const { Outputs = [] } = (await stackOf(stage, 'Api')) ?? {};
  const url = Outputs.find(({ OutputKey }) => OutputKey === 'ApiUrl')?.OutputValue ?? '';
  const ApiId = /\/\/(\w+)\./.exec(url)?.[1];
  const { RouteSettings = {} } = await new ApiGatewayV2Client().send(
    new GetStageCommand({ ApiId, StageName: '$default' }),
  );
  return RouteSettings;
}

rehearse('a first deployment that fails can be repeated', async () => {
  account.failOnce();
  const failed = run('deploy', '-c', 'mailSender=first@company.org', '--yes');
  expect({ status: failed.status, said: failed.stderr.includes('cdk deploy has failed') }).toEqual({
    status: 1,
    said: true,
  });
  expect(await stackOf(stage, 'Data')).toMatchObject({
    StackStatus: 'ROLLBACK_COMPLETE',
    EnableTerminationProtection: false,
  });
  const repeated = run('deploy', '--yes');
  expect(repeated.status).toBe(0);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ mailSender: 'first@company.org' });
});

rehearse('from the first success on, stacks and tables refuse to be deleted', async () => {
  expect((await stackOf(stage, 'Data'))?.EnableTerminationProtection).toBe(true);
  expect((await stackOf(stage, 'Api'))?.EnableTerminationProtection).toBe(true);
  expect(await Promise.all(['ProfilesTableName', 'TokensTableName'].map(isDeletionProtected))).toEqual([true, true]);
  const deletion = new DeleteStackCommand({ StackName: `ServerlessProfile-${stage}-Data` });
  await expect(new CloudFormationClient().send(deletion)).rejects.toThrow('TerminationProtection');
});

rehearse('the operator finds what was deployed', () => {
  const { status, stdout } = run('admin', 'bootstrap', '--email', 'admin@company.org');
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('access token (master)') });
});

rehearse('a second deployment tells what changes, and changes it', async () => {
  const { status, stdout } = run('deploy', '-c', 'mailSender=second@company.org', '-c', 'lockMinutes=5', '--yes');
  expect(status).toBe(0);
  expect(stdout).toContain(
    'Settings that change:\n  mailSender: first@company.org → second@company.org\n  lockMinutes: 10 → 5\n',
  );
  expect(await variableOf('ResetPassword', 'MAIL_SENDER')).toBe('second@company.org');
});

rehearse('what is deployed for once, the next deployment takes back', async () => {
  expect(run('deploy', '-c', 'mailSender=once@company.org', '--once', '--yes').status).toBe(0);
  expect(await variableOf('ResetPassword', 'MAIL_SENDER')).toBe('once@company.org');
  expect(run('admin', 'doctor').stdout).toMatch(
    /^warning {2}settings .* differs from what is deployed: mailSender\. /m,
  );
  const { stdout } = run('deploy', '--yes');
  expect(stdout).toContain('Settings that change:\n  mailSender: once@company.org → second@company.org\n');
  expect(await variableOf('ResetPassword', 'MAIL_SENDER')).toBe('second@company.org');
});

rehearse('another context path moves every route, and takes the limits of those before along', async () => {
  const moved = run('deploy', '-c', 'contextPath=/profiles', '--yes');
  expect({ status: moved.status, stderr: moved.status === 0 ? '' : moved.stderr }).toEqual({ status: 0, stderr: '' });
  expect(moved.stdout).toContain('18 routes lose their limits');
  const { Outputs = [] } = (await stackOf(stage, 'Api')) ?? {};
  expect(Outputs.find(({ OutputKey }) => OutputKey === 'ApiUrl')?.OutputValue).toMatch(/\/profiles$/);
  expect(Object.keys(await limitsOfRoutes()).sort()[0]).toMatch(/ \/profiles\//);
});

rehearse('dev is destroyed with what was uploaded to it', async () => {
  const given = ['-c', 'mailSender=dev@company.org', '--once', '--yes'];
  expect(spawnSync(process.execPath, ['bin/deploy.ts', ...given], { env: account.environment }).status).toBe(0);
  const { Outputs = [] } = (await stackOf('dev', 'Data')) ?? {};
  const Bucket = Outputs.find(({ OutputKey }) => OutputKey === 'AttachmentsBucketName')?.OutputValue;
  const s3 = new S3Client({ forcePathStyle: true });
  for (const Body of ['first', 'second']) await s3.send(new PutObjectCommand({ Bucket, Key: 'avatar', Body }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'avatar' }));
  const destroy = ['node_modules/aws-cdk/bin/cdk', 'destroy', '--all', '--force', '-c', 'stage=dev'];
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
  expect(spawnSync(process.execPath, destroy, { env: { ...account.environment, PATH } }).status).toBe(0);
  await expect(s3.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'NotFound' });
});

rehearse('a deployment without a change says so, and keeps the protection', async () => {
  expect(run('deploy', '--yes')).toMatchObject({ status: 0, stdout: expect.stringContaining('No setting changes.') });
  expect((await stackOf(stage, 'Data'))?.EnableTerminationProtection).toBe(true);
  expect(await isDeletionProtected('ProfilesTableName')).toBe(true);
});

const rehearsal = { rehearse, run, stage, outputsOf: () => outputsOf(stage), account: () => account };
doctorSuite(rehearsal);
restoreSuite(rehearsal);
domainSuite(rehearsal);
illnessSuite(rehearsal);
removeSuite(rehearsal);
