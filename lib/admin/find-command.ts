import { didYouMean, nearestOf } from '../nearest.ts';
import { UsageError } from '../usage-error.ts';
import type { AdminCommand } from './admin-command.ts';
import { call } from './command-options.ts';
import { commands } from './commands.ts';

/** Where one may look for what was meant. */
export const allListed = `"${call} --help" lists all`;

/** Commands that begin with one word, in the order of the help. */
export interface CommandGroup {
  readonly name: string;
  readonly commands: readonly AdminCommand[];
}

/** What the words of a command line name, and the words behind it. */
interface Found {
  readonly named: AdminCommand | CommandGroup;
  readonly words: readonly string[];
}

export const isGroup = (named: AdminCommand | CommandGroup): named is CommandGroup => 'commands' in named;

/** What a command was called, and is called now. */
const formerNames: ReadonlyMap<string, string> = new Map([['end-token', 'token revoke']]);

const groupOf = (word: string): readonly AdminCommand[] => commands.filter(({ name }) => name.startsWith(`${word} `));

/** The command, or group of commands, of the first one or two words. Throws a `UsageError` that says what was likely meant. */
export function findCommand(words: readonly string[]): Found {
  const [first = '', second] = words;
  const alone = commands.find(({ name }) => name === first);
  if (alone !== undefined) return { named: alone, words: words.slice(1) };
  const group = groupOf(first);
  if (group.length === 0) {
    const today = formerNames.get(first);
    if (today !== undefined)
      throw new UsageError(`${first} is called "${today}" now: "${call} ${today} --help" says how to call it`);
    const names = [...new Set(commands.flatMap(({ name }) => [name, ...name.split(' ').slice(0, 1)]))];
    throw new UsageError(`There is no command ${JSON.stringify(first)}${didYouMean(first, names) || ':'} ${allListed}`);
  }
  if (second === undefined) return { named: { name: first, commands: group }, words: [] };
  const named = group.find(({ name }) => name === `${first} ${second}`);
  if (named !== undefined) return { named, words: words.slice(2) };
  const near = nearestOf(
    second,
    group.map(({ name }) => name.slice(first.length + 1)),
  );
  const meant = near === undefined ? ':' : `; did you mean "${first} ${near}"?`;
  const given = JSON.stringify(`${first} ${second}`);
  throw new UsageError(`There is no command ${given}${meant} "${call} ${first}" lists those that there are`);
}
