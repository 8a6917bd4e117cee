import { versionLine } from '../command-line.ts';
import { requireSettings } from '../setting-values.ts';
import { UsageError } from '../usage-error.ts';
import type { AdminCommand } from './admin-command.ts';
import { auditedCommand } from './audit/audited-command.ts';
import { optionTable, readAdminLine, whereOptions } from './command-options.ts';
import { allListed, findCommand, isGroup } from './find-command.ts';
import { helpOf, helpOfAll, helpOfGroup, usageOf } from './help.ts';

function requireOwnOptions(
  command: AdminCommand,
  { given, repeated }: Pick<ReturnType<typeof readAdminLine>, 'given' | 'repeated'>,
): void {
  const { name, options, requires, repeats = [] } = command;
  const others = [...given].filter((option) => !options.includes(option));
  if (others.length > 0) {
    const have = options.map((option) => `--${option}`).join(', ');
    throw new UsageError(`${name} has no option ${others.map((one) => `--${one}`).join(', ')}: it has ${have}`);
  }
  const tooOften = repeated.filter((option) => !repeats.includes(option)).map((option) => `--${option}`);
  if (tooOften.length > 0) throw new UsageError(`${tooOften.join(', ')} is given several times: ${name} takes it once`);
  const local = whereOptions.filter((option) => option !== 'stage' && given.has(option));
  if (given.has('stage') && local.length > 0)
    throw new UsageError(`--stage and --${local[0]} name two installations: give one of them`);
  if (requires === undefined || given.has(requires)) return;
  throw new UsageError(`${name} needs --${requires}, the ${optionTable[requires].help}: ${usageOf(command)}`);
}

/** The first argument of a command; empty where it is optional and not given. */
function argumentOf(command: AdminCommand, words: readonly string[]): string {
  const { name, argument } = command;
  const most = argument === undefined ? 0 : argument.isMany ? words.length : 1;
  const extra = words.slice(most).map((word) => JSON.stringify(word));
  if (extra.length > 0) throw new UsageError(`${extra.join(', ')} is too much for ${name}: ${usageOf(command)}`);
  const [given] = words;
  if (words.includes('') || (given === undefined && argument?.isOptional === false))
    throw new UsageError(`${name} needs ${argument?.name}, and there is none: ${usageOf(command)}`);
  return given ?? '';
}

/**
 * Runs the command of this process's command line. Throws a `UsageError` where that is not right, before anything is done.
 */
export async function runAdmin(): Promise<void> {
  const line = readAdminLine();
  const { values, positionals, given } = line;
  const [first] = positionals;
  if (values.version) return console.log(versionLine);
  if (first === undefined) {
    if (given.size > 0) throw new UsageError(`Which command? ${allListed}`);
    return console.log(helpOfAll());
  }
  if (first === 'help') return console.log(helpOfAll());
  const { named, words } = findCommand(positionals);
  if (isGroup(named)) return console.log(helpOfGroup(named));
  if (values.help) return console.log(helpOf(named));
  requireOwnOptions(named, line);
  const argument = argumentOf(named, words);
  requireSettings();
  await auditedCommand(`admin ${named.name}`, values, () => named.run(values, argument, words));
}
