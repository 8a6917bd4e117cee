import { existsSync, readdirSync } from 'node:fs';
import { typedPath } from '../command-line.ts';
import { cloudFormation, findInstallation, outputsOf } from '../deployment/deployed-stack.ts';
import { settleRegion } from '../deployment/region.ts';
import { STAGES } from '../deployment/stage-file.ts';
import { DEFAULT_DIRECTORY } from '../local/own-entries.ts';
import { requireRunningStack } from '../local/running-stack.ts';
import { stackArguments } from '../local/stack-arguments.ts';
import { didYouMean } from '../nearest.ts';
import { DEFAULT_STAGE, EXAMPLE_STAGE } from '../options.ts';
import { UsageError } from '../usage-error.ts';

interface TargetOptions {
  /** The installation of this machine that `npm start` runs. */
  readonly local: boolean;
  /** The folder, as it was typed, that the installation of this machine was started with where that is not the usual one. */
  readonly directory?: string | undefined;
  readonly stage: string;
}

/** The folder of the local stack that is meant; undefined for a deployed one. */
function localDirectory({ local, directory }: TargetOptions): string | undefined {
  if (directory !== undefined) return typedPath(directory);
  return local ? DEFAULT_DIRECTORY : undefined;
}

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
export async function targetVariables(options: TargetOptions): Promise<Readonly<Record<string, string>>> {
  const directory = localDirectory(options);
  return directory === undefined ? deployedVariables(options.stage) : requireRunningStack(directory).environment;
}

/** The options that name this installation to the operator's command line; empty for the one that it takes by itself. */
export function targetArguments(options: TargetOptions): string {
  const directory = localDirectory(options);
  if (directory !== undefined) return stackArguments(directory);
  return options.stage === DEFAULT_STAGE ? '' : `--stage ${options.stage}`;
}

/**
 * Points the repositories of this process to an installation: a local one, or a deployed one, in the region that `settleRegion` finds and with the
 * credentials that the AWS SDK finds. Rejects with what is missing.
 */
export async function useTarget(options: TargetOptions): Promise<void> {
  Object.assign(process.env, await targetVariables(options));
}
