/**
 * `npm run bench -- costs` brings `docs/costs.md` up to date. `--users 50000` prints the bill of so many users instead, `--usage FILE` reckons with
 * another usage profile, a changed copy of `bench/costs/usage.json`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { readCommandLine, tellFailure, versionLine } from '../lib/command-line.ts';
import { messageOf } from '../lib/system-errors.ts';
import { UsageError } from '../lib/usage-error.ts';
import { type Basis, unknownNames } from './costs/bill.ts';
import { billTable, callsTable } from './costs/bill-tables.ts';
import { usageProfile } from './costs/data.ts';
import { basis, freshPage } from './costs/page.ts';

const HELP = `npm run bench -- costs [--users N] [--usage FILE]
  --users N      print the bill of N users a month (default 10000 with --usage), instead of bringing docs/costs.md up to date
  --usage FILE   a changed copy of bench/costs/usage.json`;

const options = { users: { type: 'string' }, usage: { type: 'string' } } as const;

function usersOf(text: string): number {
  const users = Number(text.replaceAll(/[,_]/g, ''));
  if (Number.isInteger(users) && users >= 0) return users;
  throw new UsageError(`--users ${JSON.stringify(text)} is no number of users: give a whole one, for example 50000`);
}

function readUsage(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (fault) {
    throw new UsageError(`${file} cannot be read: ${messageOf(fault)}`);
  }
}

/** The basis with the usage profile of a file, all of whose operations and items exist. */
function basisOf(file: string | undefined): Basis {
  if (file === undefined) return basis;
  const refusal = (faults: string) =>
    new UsageError(`${file} is no usage profile like bench/costs/usage.json:\n${faults}`);
  const parsed = usageProfile.safeParse(readUsage(file));
  if (!parsed.success) throw refusal(z.prettifyError(parsed.error));
  const chosen = { ...basis, usage: parsed.data };
  const unknown = unknownNames(chosen);
  if (unknown !== '') throw refusal(unknown);
  return chosen;
}

function run(): void {
  const { values } = readCommandLine({ call: 'npm run bench -- costs', options, takesArguments: false });
  if (values.help) {
    console.log(HELP);
  } else if (values.version) {
    console.log(versionLine);
  } else if (values.users === undefined && values.usage === undefined) {
    writeFileSync(PAGE, freshPage(readFileSync(PAGE, 'utf8'), readFileSync(RESULTS, 'utf8')));
  } else {
    const chosen = basisOf(values.usage);
    console.log(`${billTable(chosen, [usersOf(values.users ?? '10000')])}\n\n${callsTable(chosen)}`);
  }
}

// Those of this project, wherever the command is called.
const PAGE = join(import.meta.dirname, '../docs/costs.md');
const RESULTS = join(import.meta.dirname, 'RESULTS.md');

try {
  run();
} catch (failure) {
  process.exitCode = tellFailure(failure);
}
