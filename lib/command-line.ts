import { resolve } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import packageJson from '../package.json' with { type: 'json' };
import { quotedInPowerShell } from './dashes.ts';
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

/** Options that a person's `.npmrc` may have: in the environment of every script, with `true` where they were typed. */
const ofNpm = ['email', 'username'];
const NODE_NEEDED = 24;
const everyCommand = {
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
} as const;

/** Without npm an old Node may run this as well, up to the first thing that it does not know. */
function requireNode(call: string): void {
  const { node } = process.versions;
  if (Number.parseInt(node, 10) >= NODE_NEEDED) return;
  throw new UsageError(
    `This needs Node ${NODE_NEEDED} or newer and runs on ${node}: call it as "${call}", which takes the one that npm has brought along`,
  );
}

/** What npm has of an option: names in its environment have no dashes, and `--no-x` is an `x` that is empty. */
const valueOfNpm = (name: string) => process.env[`npm_config_${name.replace(/^no-/, '').replaceAll('-', '_')}`];

function takenByNpm(name: string): boolean {
  // Whether it was typed cannot be told: a command without it asks, or says that it needs it.
  if (name === 'yes') return false;
  const value = valueOfNpm(name);
  if (ofNpm.includes(name)) return value === 'true';
  return name.startsWith('no-') ? value === '' : value !== undefined;
}

/** npm keeps options to itself that do not come after `--`, and leaves them in the environment. */
function requireNoneTakenByNpm({ call, options, takesArguments }: Command<Options>): void {
  const taken = Object.keys(options).filter(takenByNpm);
  if (taken.length === 0) return;
  const names = taken.map((name) => `--${name}`);
  const values = process.argv.slice(2);
  const typed = taken.map((name) => `--${name} ${valueOfNpm(name)}`.replace(/ (true)?$/, ''));
  // Of several options, or beside arguments, it cannot be told which value is whose.
  const isClear = !takesArguments && (taken.length === 1 || values.length === 0);
  const again = isClear ? [call, ...typed, ...values] : [call, '…'];
  throw new UsageError(
    `npm took ${names.join(', ')} for its own: put options after "--" ${quotedInPowerShell}, as in "${again.join(' ')}"`,
  );
}

function unknownOption(given: string, { call, options, takesArguments }: Command<Options>): UsageError {
  const near = didYouMean(
    given,
    Object.keys(options).map((name) => `--${name}`),
  );
  const refusal = `There is no option ${JSON.stringify(given)}${near || ':'} "${call} --help" lists all`;
  if (!takesArguments || near !== '') return new UsageError(refusal);
  const typed = process.argv.slice(2).find((one) => one.startsWith(given)) ?? given;
  return new UsageError(
    `${refusal}; an argument that begins with "-" goes last, after another "--", as in "${call} … -- ${typed}"`,
  );
}

function refusalOf(error: unknown, command: Command<Options>): UsageError {
  const [first = ''] = messageOf(error).split('\n');
  const where = `"${command.call} --help" lists all`;
  if (codeOf(error) === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const [, given = ''] = /^Unknown option '(--?[^']*)'/.exec(first) ?? [];
    return unknownOption(given, command);
  }
  if (codeOf(error) === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL') {
    const [, given = ''] = /^Unexpected argument '(.*?)'\. /s.exec(messageOf(error)) ?? [];
    return new UsageError(`${JSON.stringify(given)} belongs to no option: ${where}`);
  }
  return new UsageError(`${first.replace(/\.$/, '')}: ${where}`);
}

/**
 * Reads the command line, `--help`, `-h` and `--version` included; `tokens` tell what was really typed. Throws a `UsageError` that says what was
 * likely meant.
 */
export function readCommandLine<const O extends Options>(command: Command<O>) {
  const { call, options, takesArguments } = command;
  const all = { ...options, ...everyCommand };
  requireNode(call);
  requireNoneTakenByNpm(command);
  try {
    return parseArgs({ args: process.argv.slice(2), options: all, allowPositionals: takesArguments, tokens: true });
  } catch (error) {
    if (codeOf(error)?.startsWith('ERR_PARSE_ARGS') !== true) throw error;
    throw refusalOf(error, { ...command, options: all });
  }
}

/** Where the command was typed, which is not where npm runs it. */
const typedIn = process.env.INIT_CWD ?? process.cwd();

/** A file or folder as it was typed, wherever this process goes. */
export const typedPath = (path: string): string => resolve(typedIn, path);

/** What `--version` says. */
export const versionLine = `${packageJson.name} ${packageJson.version} on Node ${process.versions.node}`;

/** Answers `--help` and `--version` on standard output; true where one of them was asked for. */
export function answered(asked: { readonly help: boolean; readonly version: boolean }, help: string): boolean {
  if (asked.help) console.log(help);
  else if (asked.version) console.log(versionLine);
  return asked.help || asked.version;
}

/** Tells a person of a failure in its own words, and answers with what the command ends: 2 where it was called wrongly. */
export function tellFailure(failure: unknown): number {
  console.error(messageOf(failure));
  return failure instanceof UsageError ? 2 : 1;
}
