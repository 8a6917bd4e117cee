import type { AdminCommand } from './admin-command.ts';
import { call, type OptionName, optionTable, whereOptions } from './command-options.ts';
import { commands } from './commands.ts';
import type { CommandGroup } from './find-command.ts';

/** Where the descriptions begin. */
const COLUMN = 30;

const line = (what: string, text: string) => `${what.padEnd(COLUMN - 1)} ${text}`;
const isWhere = (name: OptionName) => whereOptions.some((one) => one === name);

function typed(name: OptionName): string {
  const option = optionTable[name];
  return 'value' in option ? `--${name} ${option.value}` : `--${name}`;
}

/** What has to be typed for a command, at the least. */
function headOf({ name, argument, requires }: AdminCommand): string {
  const needed = argument && (argument.isOptional ? `[${argument.name}]` : argument.name);
  return [name, needed, requires && typed(requires)].filter((part) => part !== undefined).join(' ');
}

/** The shortest way to call it, for a message. */
export const usageOf = (command: AdminCommand): string => `${call} ${headOf(command)}`;

function linesOf(command: AdminCommand): readonly string[] {
  const own = command.options.filter((name) => name !== command.requires && !isWhere(name));
  return [
    line(`  ${headOf(command)}`, command.summary),
    ...own.map((name) => line(`      ${typed(name)}`, command.notes?.[name] ?? optionTable[name].help)),
  ];
}

const everywhere = [line('  -h, --help', 'this, or the help of one command'), line('  --version', 'the version')];
const whereOf = (options: readonly OptionName[]): readonly string[] => {
  const own = whereOptions.filter((name) => options.includes(name));
  const lines = own.map((name) => line(`  ${typed(name)}`, optionTable[name].help));
  return lines.length === 0 ? [] : ['', 'Where', ...lines];
};
const where = whereOf(whereOptions);

/** The help of the whole command line. */
export const helpOfAll = (): string =>
  [
    `Usage: ${call} <command> [options]`,
    '',
    'Commands',
    ...commands.flatMap(linesOf),
    ...where,
    ...everywhere,
    '',
  ].join('\n');

/** The help of the commands of a group. */
export const helpOfGroup = ({ name, commands: own }: CommandGroup): string =>
  [`Usage: ${call} ${name} <command> [options]`, '', 'Commands', ...own.flatMap(linesOf), ...where, ''].join('\n');

/** The help of one command. */
export const helpOf = (command: AdminCommand): string =>
  [`Usage: ${usageOf(command)} [options]`, '', ...linesOf(command), ...whereOf(command.options), ''].join('\n');
