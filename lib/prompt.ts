import { createInterface } from 'node:readline/promises';
import { UsageError } from './usage-error.ts';

/** Whether a person sits before it, who can be asked. */
export const isOnTerminal = (): boolean => process.stdin.isTTY === true && process.stdout.isTTY === true;

/** What a person answers to the question, without spaces around it; nothing where the input ends. */
export async function asked(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  try {
    return (await Promise.race([terminal.question(question), ended])).trim();
  } finally {
    terminal.close();
  }
}

/** Throws a `UsageError` where nobody can be asked. */
export function requireTerminal(): void {
  if (!isOnTerminal()) throw new UsageError('There is no terminal to ask on: give --yes');
}

/** Whether a person types the name of the stage that is about to change, after words of what happens to it. */
export const isTyped = async (stage: string, words = ''): Promise<boolean> =>
  (await asked(`${words}Type the stage's name to go on: `)) === stage;
