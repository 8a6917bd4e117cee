import { createInterface } from 'node:readline/promises';

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
