import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { typedPath } from '../command-line.ts';
import { DEFAULT_DIRECTORY } from '../local/own-entries.ts';
import { requireRunningStack } from '../local/running-stack.ts';
import { stackArguments } from '../local/stack-arguments.ts';
import { didYouMean } from '../nearest.ts';
import { codeOf } from '../system-errors.ts';
import { UsageError } from '../usage-error.ts';

/** What `npm run deploy` writes. */
const OUTPUTS_FILE = 'cdk-outputs.json';
/** The stage that the command line takes by itself. */
export const DEFAULT_STAGE = 'dev';

const outputs = z.record(z.string(), z.record(z.string(), z.string()));

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

function readOutputs(): z.infer<typeof outputs> {
  try {
    return z.parse(outputs, JSON.parse(readFileSync(OUTPUTS_FILE, 'utf8')));
  } catch (error) {
    throw new Error(
      codeOf(error) === 'ENOENT'
        ? `${OUTPUTS_FILE} is missing: deploy with "npm run deploy", or add --local for the local stack`
        : `${OUTPUTS_FILE} is not what a deployment writes: "npm run deploy" makes it anew`,
    );
  }
}

function unknownStage(stage: string, stacks: z.infer<typeof outputs>): UsageError {
  const stages = Object.keys(stacks).flatMap((name) => /^ServerlessProfile-(.+)-Data$/.exec(name)?.[1] ?? []);
  const known = stages.length > 0 ? `it has those of ${stages.join(', ')}` : 'it has none at all';
  return new UsageError(
    `${OUTPUTS_FILE} has no outputs of stage ${JSON.stringify(stage)}${didYouMean(stage, stages) || ':'} ${known}. "npm run deploy -- -c stage=NAME" writes them, also where nothing is new`,
  );
}

function deployedVariables(stage: string): Readonly<Record<string, string>> {
  const stacks = readOutputs();
  const { ProfilesTableName, TokensTableName, TicketsTableName, AttachmentsBucketName } =
    stacks[`ServerlessProfile-${stage}-Data`] ?? {};
  if (!ProfilesTableName || !TokensTableName || !TicketsTableName || !AttachmentsBucketName)
    throw unknownStage(stage, stacks);
  const { WireLine } = stacks[`ServerlessProfile-${stage}-Api`] ?? {};
  return {
    ...(WireLine === undefined ? {} : { WIRE_LINE: WireLine }),
    PROFILES_TABLE: ProfilesTableName,
    TOKENS_TABLE: TokensTableName,
    TICKETS_TABLE: TicketsTableName,
    ATTACHMENTS_BUCKET: AttachmentsBucketName,
  };
}

/** The environment of an installation's functions, as far as its operator needs it. */
export function targetVariables(options: TargetOptions): Readonly<Record<string, string>> {
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
 * Points the repositories of this process to an installation: a local one, or a deployed one, for which the AWS SDK finds credentials and region
 * as it always does. Throws an Error that says what is missing.
 */
export function useTarget(options: TargetOptions): void {
  Object.assign(process.env, targetVariables(options));
}
