import { faultText } from '../functions/shared/config/setting-readers.ts';
import { settingTable } from '../functions/shared/config/settings.ts';
import { quotedInPowerShell } from './dashes.ts';
import { type DomainOptions, domainFaults, domainOptions } from './domain-options.ts';
import { didYouMean } from './nearest.ts';
import { contextSettings, type SettingValues, shown } from './setting-values.ts';
import { stageOptionTable } from './stage-options.ts';
import { UsageError } from './usage-error.ts';

/** What an operator has chosen for a stage. */
export interface Options extends DomainOptions {
  /** Names the environment; `dev` may be destroyed, every other one keeps its data. */
  readonly stage: string;
  /** Gets every alarm; without one, alarms only change colour. */
  readonly alarmEmail?: string;
  readonly logRetentionDays: number;
  /** Traces every function with X-Ray, which needs a grant on `*`. */
  readonly tracing: boolean;
  /** Steady rate of every endpoint, which its routes share; twice as much in a burst. */
  readonly requestsPerSecond: number;
  /** The same for each endpoint that hashes passwords: what guessing and a bill can grow by. */
  readonly passwordRequestsPerSecond: number;
  /** What stands before `/api/1` in every path. */
  readonly contextPath: string;
  /** Of the functions' own settings those that were given. */
  readonly settings: SettingValues;
}

/** The stage that every command takes by itself. */
export const DEFAULT_STAGE = 'dev';
/** Whether a stage keeps its data when its stacks are deleted. */
export const isLasting = (stage: string): boolean => stage !== DEFAULT_STAGE;
/** Its file is there to be copied. */
export const EXAMPLE_STAGE = 'example';

/** Reads the name of a stage. Throws an Error that says what it must be. */
function asStage(text: string): string {
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(text))
    throw new Error('must be 1 to 20 lower-case letters, digits and dashes and start with a letter');
  if (text === EXAMPLE_STAGE) throw new Error('is the example to copy: choose another name');
  return text;
}

/** The stage that was named, `dev` where none was; throws a `UsageError` for what is none, after the words of where it was named. */
export function requireStage(given: unknown, source = ''): string {
  try {
    return asStage(String(given ?? DEFAULT_STAGE));
  } catch (fault) {
    throw new UsageError(`${source}${shown('stage', given)} ${faultText(fault)}`);
  }
}

/** Reads all values as a whole, by their keys; throws one `UsageError` that names every fault, after the words of where they come from. */
export function optionsFrom(value: (key: string) => unknown, source = 'CDK context'): Options {
  const faults: string[] = [];
  const read = <Value>(key: string, parse: (text: string) => Value, fallback: Value): Value => {
    const given = value(key);
    if (given === undefined) return fallback;
    try {
      if (typeof given === 'object') throw new Error('must be text, a number or a boolean');
      return parse(String(given));
    } catch (fault) {
      faults.push(`${shown(key, given)} ${faultText(fault)}`);
      return fallback;
    }
  };
  const { logRetentionDays, tracing, requestsPerSecond, passwordRequestsPerSecond } = stageOptionTable;
  const alarmEmail = read<string | undefined>('alarmEmail', stageOptionTable.alarmEmail.read, undefined);
  const options: Options = {
    stage: read('stage', asStage, DEFAULT_STAGE),
    ...(alarmEmail === undefined ? {} : { alarmEmail }),
    logRetentionDays: read('logRetentionDays', logRetentionDays.read, Number(logRetentionDays.fallback)),
    tracing: read('tracing', tracing.read, false),
    requestsPerSecond: read('requestsPerSecond', requestsPerSecond.read, Number(requestsPerSecond.fallback)),
    passwordRequestsPerSecond: read(
      'passwordRequestsPerSecond',
      passwordRequestsPerSecond.read,
      Number(passwordRequestsPerSecond.fallback),
    ),
    ...domainOptions(read),
    contextPath: read('contextPath', settingTable.contextPath.read, settingTable.contextPath.fallback),
    settings: contextSettings(read),
  };
  faults.push(...domainFaults(options));
  if (faults.length > 0) throw new UsageError(`${source}: ${faults.join('; ')}`);
  return options;
}

/** The keys of all options but the stage itself, in their order. */
export function optionKeys(): readonly string[] {
  const keys = new Set<string>();
  optionsFrom((key) => {
    keys.add(key);
    return undefined;
  });
  keys.delete('stage');
  return [...keys];
}

/**
 * Throws a `UsageError` for keys of the context that are no options and look like one, as in `-c mailSendr=…`: they would be left out without a word.
 * Any others belong to CDK, or to a person's own `~/.cdk.json`.
 */
export function requireKnownKeys(context: readonly string[]): void {
  const known = ['stage', ...optionKeys()];
  const faults = context
    .filter((key) => /^\w+$/.test(key) && !known.includes(key))
    .map((key) => ({ key, meant: didYouMean(key, known) }))
    .filter(({ meant }) => meant !== '')
    .map(({ key, meant }) => `There is no option ${JSON.stringify(key)} of the CDK context${meant}`);
  if (faults.length > 0) throw new UsageError(faults.join('\n'));
}

/** npm keeps `-c` and `--context` to itself where no `--` stands before them: the default stage would be deployed. Throws a `UsageError` then. */
export function requireContextPassedOn(environment: Readonly<Record<string, string | undefined>>): void {
  const { npm_config_call, npm_config_context: context, npm_lifecycle_event: script = 'synth' } = environment;
  // `npx -c` has a whole command there.
  const call = /^[^\s=]+=/.test(npm_config_call ?? '') ? npm_config_call : undefined;
  if (call === undefined && context === undefined) return;
  const given = call ?? (context === 'true' ? 'key=value' : context);
  throw new UsageError(
    `npm took ${call ? '-c' : '--context'} for its own: put it after "--" ${quotedInPowerShell}, as in "npm run ${script} -- -c ${given}"`,
  );
}
