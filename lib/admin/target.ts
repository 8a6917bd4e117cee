import { existsSync, readdirSync } from 'node:fs';
import { cloudFormation, findInstallation, outputsOf } from '../deployment/deployed-stack.ts';
import { settleRegion } from '../deployment/region.ts';
import { STAGES } from '../deployment/stage-file.ts';
import { requireRunningStack } from '../local/running-stack.ts';
import { stackArguments } from '../local/stack-arguments.ts';
import { didYouMean } from '../nearest.ts';
import { DEFAULT_STAGE, EXAMPLE_STAGE } from '../options.ts';
import { UsageError } from '../usage-error.ts';
import { folderOf, type Installation } from './installation.ts';

/** The stages that have a file here: what was meant is likely one of them. */
function stagesWithFile(): readonly string[] {
  const files = existsSync(STAGES) ? readdirSync(STAGES) : [];
  return files.flatMap((name) => /^([a-z][a-z0-9-]*)\.json$/.exec(name)?.[1] ?? []);
}

function notDeployed(stage: string, region: string): UsageError {
  const known = [DEFAULT_STAGE, ...stagesWithFile()].filter((name) => name !== EXAMPLE_STAGE && name !== stage);
  return new UsageError(
    `Stage ${JSON.stringify(stage)} is not deployed in ${region}${didYouMean(stage, known) || ':'} "npm run deploy -- --stage ${stage}" deploys it, AWS_REGION and AWS_PROFILE name another region and account, --local the local stack`,
  );
}

async function deployedVariables(stage: string): Promise<Readonly<Record<string, string>>> {
  const region = await settleRegion(stage);
  const outputs = outputsOf(await findInstallation(cloudFormation(), stage));
  const { ProfilesTableName, TokensTableName, TicketsTableName, AttachmentsBucketName, WireLine } = outputs;
  if (!ProfilesTableName || !TokensTableName || !TicketsTableName || !AttachmentsBucketName)
    throw notDeployed(stage, region);
  return {
    ...(WireLine === undefined ? {} : { WIRE_LINE: WireLine }),
    PROFILES_TABLE: ProfilesTableName,
    TOKENS_TABLE: TokensTableName,
    TICKETS_TABLE: TicketsTableName,
    ATTACHMENTS_BUCKET: AttachmentsBucketName,
  };
}

/** The environment of an installation's functions, as far as its operator needs it: a deployed one's is in the outputs of its stacks. */
export async function targetVariables(options: Installation): Promise<Readonly<Record<string, string>>> {
  const directory = folderOf(options);
  return directory === undefined ? deployedVariables(options.stage) : requireRunningStack(directory).environment;
}

/** The options that name this installation to the operator's command line; empty for the one that it takes by itself. */
export function targetArguments(options: Installation): string {
  const directory = folderOf(options);
  if (directory !== undefined) return stackArguments(directory);
  return options.stage === DEFAULT_STAGE ? '' : `--stage ${options.stage}`;
}

/**
 * Points the repositories of this process to an installation: a local one, or a deployed one, in the region that `settleRegion` finds and with the
 * credentials that the AWS SDK finds. Rejects with what is missing.
 */
export async function useTarget(options: Installation): Promise<void> {
  Object.assign(process.env, await targetVariables(options));
}
