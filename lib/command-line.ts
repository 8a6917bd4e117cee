import { type ParseArgsConfig, parseArgs } from 'node:util';
import packageJson from '../package.json' with { type: 'json' };
import { didYouMean } from './nearest.ts';
import { codeOf, messageOf } from './system-errors.ts';
import { UsageError } from './usage-error.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** A command of package.json, as a person types it. */
interface Command<O extends Options> {
  /** Up to its options, for example `npm start --`. */
  readonly call: string;
  readonly options: O;
  readonly takesArguments: boolean;
}

/** Options of npm itself, or of a person's `.npmrc`: in the environment of every script, whatever was typed. */
const ofNpm = ['help', 'version', 'email', 'username'];
const everyCommand = {
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
} as const;

/** npm keeps options to itself that do not come after `--`, and leaves them in the environment. */
function requireNoneTakenByNpm(call: string, options: Options): void {
  const taken = Object.keys(options).filter(
    (name) => !ofNpm.includes(name) && process.env[`npm_config_${name}`] !== undefined,
  );
  if (taken.length === 0) return;
  const names = taken.map((name) => `--${name}`);
  const typed = taken.map((name) => `--${name} ${process.env[`npm_config_${name}`]}`.replace(/ (true)?$/, ''));
  const again = [call, ...typed, ...process.argv.slice(2)].join(' ');
  throw new UsageError(`npm took ${names.join(', ')} for its own: put options after "--", as in "${again}"`);
}

function refusalOf(error: unknown, call: string, options: Options): UsageError {
  const [first = ''] = messageOf(error).split('\n');
  const where = `"${call} --help" lists all`;
  if (codeOf(error) === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const [, given = ''] = /^Unknown option '(--?[^']*)'/.exec(first) ?? [];
    const names = Object.keys(options).map((name) => `--${name}`);
    return new UsageError(`There is no option ${JSON.stringify(given)}${didYouMean(given, names) || ':'} ${where}`);
  }
  if (codeOf(error) === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') {
    const [, given = ''] = /^Unexpected argument '(.*?)'\. /s.exec(messageOf(error)) ?? [];
    return new UsageError(`${JSON.stringify(given)} belongs to no option: ${where}`);
  }
  return new UsageError(`${first.replace(/\.$/, '')}: ${where}`);
}

/** Reads the command line, `--help`, `-h` and `--version` included. Throws a `UsageError` that says what was likely meant. */
export function readCommandLine<const O extends Options>({ call, options, takesArguments }: Command<O>) {
  const all = { ...options, ...everyCommand };
  requireNoneTakenByNpm(call, options);
  try {
    return parseArgs({ options: all, allowPositionals: takesArguments });
  } catch (error) {
    if (codeOf(error)?.startsWith('ERR_PARSE_ARGS') !== true) throw error;
    throw refusalOf(error, call, all);
  }
}

/** What `--version` says. */
export const versionLine = `${packageJson.name} ${packageJson.version} on Node ${process.versions.node}`;

/** Tells a person of a failure in its own words, and answers with what the command ends: 2 where it was called wrongly. */
export function tellFailure(failure: unknown): number {
  console.error(messageOf(failure));
  return failure instanceof UsageError ? 2 : 1;
}
