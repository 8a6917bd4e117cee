import {
  DeleteStackCommand,
  UpdateTerminationProtectionCommand,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { typedPath } from '../../command-line.ts';
import { cloudFormation, type DeployedStack, findStacks } from '../../deployment/deployed-stack.ts';
import { settleRegion } from '../../deployment/region.ts';
import { stageFile } from '../../deployment/stage-file.ts';
import { functionLogOf } from '../../log-groups.ts';
import { isTyped, requireTerminal } from '../../prompt.ts';
import { UsageError } from '../../usage-error.ts';
import { exportAll } from './export.ts';
import { bucketsOf, countOf, deleteBucket, deleteLog, deleteTable, tablesOf } from './leftovers.ts';

/** What `admin remove` is asked for. */
export interface RemoveOptions {
  readonly stage: string;
  /** Asks nothing. */
  readonly yes: boolean;
  /** Keeps nothing. */
  readonly exports: boolean;
}

/** CloudFormation takes minutes for some hundred resources. */
const STACK_SECONDS = 3600;

interface Goes {
  readonly stacks: readonly DeployedStack[];
  readonly tables: readonly string[];
  readonly buckets: readonly string[];
}

/** What is there of a stage: also where a removal was cut short, or somebody has deleted its stacks. */
async function goesOf(stage: string): Promise<Goes> {
  const client = cloudFormation();
  const { data, api, domain } = await findStacks(client, stage);
  const [tables, buckets] = await Promise.all([tablesOf(stage), bucketsOf(stage, data?.outputs.AttachmentsBucketName)]);
  // The API stack first: it holds on to what the others export.
  return { stacks: [api, domain, data].flatMap((stack) => stack ?? []), tables, buckets };
}

async function tell({ stacks, tables, buckets }: Goes): Promise<void> {
  for (const { name } of stacks) console.log(`  stack   ${name}`);
  for (const table of tables) console.log(`  table   ${table}, with about ${await countOf(table)} items`);
  if (stacks.length > 0) console.log('  log     of all functions, with the audit trail');
  for (const bucket of buckets) console.log(`  bucket  ${bucket}, with all attachments and their old versions`);
}

async function confirm(stage: string): Promise<void> {
  requireTerminal();
  if (!(await isTyped(stage, 'All of this goes for good. '))) throw new Error('Nothing was removed.');
}

async function deleteStack({ name, isProtected }: DeployedStack): Promise<void> {
  const client = cloudFormation();
  if (isProtected)
    await client.send(new UpdateTerminationProtectionCommand({ StackName: name, EnableTerminationProtection: false }));
  await client.send(new DeleteStackCommand({ StackName: name }));
  await waitUntilStackDeleteComplete(
    { client, maxWaitTime: STACK_SECONDS, minDelay: 1, maxDelay: 15 },
    { StackName: name },
  );
}

/**
 * Takes a deployed stage out of the account: stacks, tables, those that restorations have made included, and attachments, after everything was exported into a
 * folder. Called again it goes on where it was cut short. Throws a `UsageError` where there is nothing of the stage.
 */
export async function remove({ stage, yes, exports }: RemoveOptions): Promise<void> {
  const region = await settleRegion(stage);
  const goes = await goesOf(stage);
  const { stacks, tables, buckets } = goes;
  if (stacks.length + tables.length + buckets.length === 0)
    throw new UsageError(`There is nothing of stage ${stage} in ${region}`);
  console.log(`Stage ${stage} in ${region}:`);
  await tell(goes);
  if (!yes) await confirm(stage);
  if (exports) {
    const folder = typedPath(`exports/${stage}-${new Date().toISOString().replaceAll(/[:.]/g, '')}`);
    await exportAll(folder, tables, buckets);
    console.log(`Exported into ${folder}, which holds personal data and access tokens: keep it safe, or delete it.`);
  }
  for (const stack of stacks) {
    await deleteStack(stack);
    console.log(`Deleted ${stack.name}`);
  }
  for (const table of await tablesOf(stage)) await deleteTable(table);
  for (const bucket of await bucketsOf(stage, buckets[0])) await deleteBucket(bucket);
  await deleteLog(functionLogOf(stage));
  console.log(
    `Nothing is left of it but ${stageFile(stage)}, backups that AWS keeps of deleted tables for 35 days, and mails' records in SES.`,
  );
}
