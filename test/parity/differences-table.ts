import { type Difference, differences } from './differences.ts';

const SHOWN = 3;

/** The exchanges that show it, as many as fit. */
function casesOf({ answers = {}, mails = {}, heldBack = [] }: Difference): string {
  const names = [...Object.keys(answers), ...Object.keys(mails), ...heldBack];
  const shown = names.slice(0, SHOWN).map((name) => `\`${name}\``);
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  return `${shown.join(', ')}${more}`;
}

const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;

/** The intended differences as the Markdown table of `docs/differences.md`. */
export function differencesTable(): string {
  const rows = differences.map((difference) => {
    const { topic, theirs, ours, reason, section } = difference;
    return row([topic, theirs, ours, `${reason} (${section})`, casesOf(difference)]);
  });
  return [
    row(['Case', 'Server that we replace', 'Ours', 'Why (section of the wire contract)', 'Exchanges']),
    row(Array(5).fill('---')),
    ...rows,
  ].join('\n');
}
