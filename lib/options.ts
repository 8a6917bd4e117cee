import { faultText } from '../functions/shared/config/setting-readers.ts';
import { settingTable } from '../functions/shared/config/settings.ts';
import { quotedInPowerShell } from './dashes.ts';
import { didYouMean } from './nearest.ts';
import { contextSettings, type SettingValues, shown } from './setting-values.ts';
import { UsageError } from './usage-error.ts';

/** What an operator may choose, from the CDK context (`cdk.json` or `-c key=value`). */
export interface Options {
  /** Names the environment; `dev` may be destroyed, every other one keeps its data. */
  readonly stage: string;
  /** Gets every alarm; without one, alarms only change colour. */
  readonly alarmEmail?: string;
  readonly logRetentionDays: number;
  /** Traces every function with X-Ray, which needs a grant on `*`. */
  readonly tracing: boolean;
  /** Steady rate of every route; twice as much in a burst. */
  readonly requestsPerSecond: number;
  /** The same for each route that hashes passwords: what guessing and a bill can grow by. */
  readonly passwordRequestsPerSecond: number;
  /** What stands before `/api/1` in every path. */
  readonly contextPath: string;
  /** Of the functions' own settings those that were given. */
  readonly settings: SettingValues;
}

/** The values that CloudWatch Logs accepts, as far as they make sense here. */
const retentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 3653];

function asWholeNumber(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text)) throw new Error('must be a whole number from 1 to 99999');
  return Number(text);
}

function asRetention(text: string): number {
  const days = Number(text);
  if (!retentionDays.includes(days)) throw new Error(`must be one of ${retentionDays.join(', ')}`);
  return days;
}

function asStage(text: string): string {
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(text))
    throw new Error('must be 1 to 20 lower-case letters, digits and dashes and start with a letter');
  return text;
}

function asEmail(text: string): string {
  if (!/^[^\s@]+@[^\s@]+$/.test(text)) throw new Error('must be an e-mail address');
  return text;
}

function asSwitch(text: string): boolean {
  if (text !== 'true' && text !== 'false') throw new Error('must be true or false');
  return text === 'true';
}

/** Reads the context as a whole; throws one `UsageError` that names every fault. */
export function optionsFrom(context: (key: string) => unknown): Options {
  const faults: string[] = [];
  const read = <Value>(key: string, parse: (text: string) => Value, fallback: Value): Value => {
    const given = context(key);
    if (given === undefined) return fallback;
    try {
      if (typeof given === 'object') throw new Error('must be text, a number or a boolean');
      return parse(String(given));
    } catch (fault) {
      faults.push(`${shown(key, given)} ${faultText(fault)}`);
      return fallback;
    }
  };
  const alarmEmail = read<string | undefined>('alarmEmail', asEmail, undefined);
  const options: Options = {
    stage: read('stage', asStage, 'dev'),
    ...(alarmEmail === undefined ? {} : { alarmEmail }),
    logRetentionDays: read('logRetentionDays', asRetention, 90),
    tracing: read('tracing', asSwitch, false),
    requestsPerSecond: read('requestsPerSecond', asWholeNumber, 1000),
    passwordRequestsPerSecond: read('passwordRequestsPerSecond', asWholeNumber, 50),
    contextPath: read('contextPath', settingTable.contextPath.read, settingTable.contextPath.fallback),
    settings: contextSettings(read),
  };
  if (faults.length > 0) throw new UsageError(`CDK context: ${faults.join('; ')}`);
  return options;
}

/** The keys of all options. */
function optionKeys(): readonly string[] {
  const keys: string[] = [];
  optionsFrom((key) => {
    keys.push(key);
    return undefined;
  });
  return keys;
}

/**
 * Throws a `UsageError` for keys of the context that are no options and look like one, as in `-c mailSendr=…`: they would be left out without a word.
 * Any others belong to CDK, or to a person's own `~/.cdk.json`.
 */
export function requireKnownKeys(context: readonly string[]): void {
  const known = optionKeys();
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
