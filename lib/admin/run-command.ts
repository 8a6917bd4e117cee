import { versionLine } from '../command-line.ts';
import { didYouMean } from '../nearest.ts';
import { requireSettings } from '../setting-values.ts';
import { UsageError } from '../usage-error.ts';
import type { AdminCommand } from './admin-command.ts';
import { auditedCommand } from './audit/audited-command.ts';
import { call, type OptionName, optionTable, readAdminLine, whereOptions } from './command-options.ts';
import { commands } from './commands.ts';
import { helpOf, helpOfAll, usageOf } from './help.ts';

const allListed = `"${call} --help" lists all`;

function commandOf(name: string): AdminCommand {
  const command = commands.find((one) => one.name === name);
  if (command !== undefined) return command;
  const names = commands.map((one) => one.name);
  throw new UsageError(`There is no command ${JSON.stringify(name)}${didYouMean(name, names) || ':'} ${allListed}`);
}

function requireOwnOptions(command: AdminCommand, given: ReadonlySet<OptionName>): void {
  const { name, options, requires } = command;
  const others = [...given].filter((option) => !options.includes(option));
  if (others.length > 0) {
    const have = options.map((option) => `--${option}`).join(', ');
    throw new UsageError(`${name} has no option ${others.map((one) => `--${one}`).join(', ')}: it has ${have}`);
  }
  const local = whereOptions.filter((option) => option !== 'stage' && given.has(option));
  if (given.has('stage') && local.length > 0)
    throw new UsageError(`--stage and --${local[0]} name two installations: give one of them`);
  if (requires === undefined || given.has(requires)) return;
  throw new UsageError(`${name} needs --${requires}, the ${optionTable[requires].help}: ${usageOf(command)}`);
}

/** The argument of a command; empty where it is optional and not given. */
function argumentOf(command: AdminCommand, words: readonly string[]): string {
  const { name, argument } = command;
  const extra = words.slice(argument === undefined ? 0 : 1).map((word) => JSON.stringify(word));
  if (extra.length > 0) throw new UsageError(`${extra.join(', ')} is too much for ${name}: ${usageOf(command)}`);
  const [given] = words;
  if (given === '' || (given === undefined && argument?.isOptional === false))
    throw new UsageError(`${name} needs ${argument?.name}, and there is none: ${usageOf(command)}`);
  return given ?? '';
}

/**
 * Runs the command of this process's command line. Throws a `UsageError` where that is not right, before anything is done.
 */
export async function runAdmin(): Promise<void> {
  const { values, positionals, given } = readAdminLine();
  const [name, ...words] = positionals;
  if (values.version) return console.log(versionLine);
  if (name === undefined) {
    if (given.size > 0) throw new UsageError(`Which command? ${allListed}`);
    return console.log(helpOfAll());
  }
  if (name === 'help') return console.log(helpOfAll());
  const command = commandOf(name);
  if (values.help) return console.log(helpOf(command));
  requireOwnOptions(command, given);
  const argument = argumentOf(command, words);
  requireSettings();
  await auditedCommand(`admin ${command.name}`, values, () => command.run(values, argument));
}
