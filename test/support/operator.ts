import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAdmin } from '../../lib/admin/run-command.ts';
import { withArguments } from './run-script.ts';

/** The operator's command line on the stack of a test. */
export interface Operator {
  /** Where that stack is written down. */
  readonly directory: string;
  /** Answers with the lines of standard output; those of standard error are in `notes`. Rejects as the command does. */
  run(...args: readonly string[]): Promise<readonly string[]>;
  /** What the last command said on standard error. */
  notes(): readonly string[];
  stop(): void;
}

/** Writes the stack of this test file down as one that runs on this machine. Call it once it is started. */
export function operatorHere(): Operator {
  const directory = mkdtempSync(join(tmpdir(), 'operator-'));
  const own = /^(AWS_|.*_TABLE$|ATTACHMENTS_BUCKET|MAIL_SENDER)/;
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => own.test(name)));
  writeFileSync(join(directory, 'stack.json'), JSON.stringify({ pid: process.pid, url: 'http://x', environment }));
  const said = { lines: [] as string[], notes: [] as string[] };
  return {
    directory,
    run: async (...args) => {
      said.lines = [];
      said.notes = [];
      const log = jest.spyOn(console, 'log').mockImplementation((line) => void said.lines.push(String(line)));
      const error = jest.spyOn(console, 'error').mockImplementation((line) => void said.notes.push(String(line)));
      try {
        await withArguments([...args, '--directory', directory], runAdmin);
        return said.lines;
      } finally {
        log.mockRestore();
        error.mockRestore();
      }
    },
    notes: () => said.notes,
    stop: () => rmSync(directory, { recursive: true }),
  };
}
