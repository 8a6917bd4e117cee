import { readCommandLine } from '../command-line.ts';
import { didYouMean } from '../nearest.ts';
import { DEFAULT_STAGE, optionKeys, requireContextPassedOn, requireStage } from '../options.ts';
import { UsageError } from '../usage-error.ts';

const call = 'npm run deploy --';

export const help = `Usage: ${call} [options]

Deploys a stage with the settings of its file, stages/<stage>.json.

  --stage NAME       the stage, default: ${DEFAULT_STAGE}
  -c KEY=VALUE       a setting that is written into the file first; may be repeated
  --once             deploys the given settings without writing them: the next deployment takes those of the file
  --yes              asks nothing, as where there is no terminal
  --profile NAME     the AWS profile, in place of AWS_PROFILE
  -h, --help         this
  --version          the version

docs/settings.md lists the settings.
`;

const options = {
  stage: { type: 'string' },
  context: { type: 'string', short: 'c', multiple: true },
  once: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  profile: { type: 'string' },
} as const;

/** The settings of `-c KEY=VALUE`, the last value of each. */
function settingsOf(assignments: readonly string[]): Readonly<Record<string, string>> {
  const known = ['stage', ...optionKeys()];
  const faults: string[] = [];
  const entries = assignments.flatMap((assignment): [string, string][] => {
    const [key = '', ...rest] = assignment.split('=');
    if (!known.includes(key)) faults.push(`There is no setting ${JSON.stringify(key)}${didYouMean(key, known)}`);
    else if (rest.length === 0) faults.push(`-c ${key} has no value: it is -c ${key}=value`);
    else return [[key, rest.join('=')]];
    return [];
  });
  if (faults.length > 0) throw new UsageError(`${faults.join('\n')}\nThe settings are: ${known.join(', ')}`);
  return Object.fromEntries(entries);
}

function stageOf(named: string | undefined, given: string | undefined): string {
  if (named !== undefined && given !== undefined && named !== given)
    throw new UsageError(`--stage ${named} and -c stage=${given} name two stages: give one of them`);
  return requireStage(named ?? given);
}

/** The command line of `npm run deploy`. Throws a `UsageError`. */
export function readDeployOptions() {
  requireContextPassedOn(process.env);
  const { values } = readCommandLine({ call, options, takesArguments: false });
  const { stage, ...settings } = settingsOf(values.context ?? []);
  if (values.profile === '') throw new UsageError('--profile is empty: give it a value');
  const { help, version, once, yes, profile } = values;
  return { help, version, once, yes, profile, stage: stageOf(values.stage, stage), settings };
}

export type DeployOptions = ReturnType<typeof readDeployOptions>;
