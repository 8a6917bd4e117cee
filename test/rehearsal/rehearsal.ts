import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { EmulatedAccount } from './emulated-account.ts';

/** What the parts of the rehearsal share: a stage that is deployed, and its account. */
export interface Rehearsal {
  /** A test, or a skipped one where there is no emulator. */
  readonly rehearse: typeof test | typeof test.skip;
  /** Calls a script of `bin` for the stage. */
  readonly run: (
    script: string,
    ...words: readonly string[]
  ) => { readonly status: number | null; readonly stdout: string; readonly stderr: string };
  readonly stage: string;
  /** Of both stacks, those of the API stack before those of the data stack. */
  outputsOf(): Promise<Readonly<Record<string, string | undefined>>>;
  account(): EmulatedAccount;
}

/** A stack of the stage as CloudFormation has it. */
export async function stackOf(stage: string, part: 'Data' | 'Api' | 'Domain') {
  const command = new DescribeStacksCommand({ StackName: `ServerlessProfile-${stage}-${part}` });
  const { Stacks: [stack] = [] } = await new CloudFormationClient().send(command);
  return stack;
}

/** The outputs of both stacks of the stage. */
export async function outputsOf(stage: string): Promise<Readonly<Record<string, string | undefined>>> {
  const stacks = await Promise.all((['Data', 'Api'] as const).map((part) => stackOf(stage, part)));
  const outputs = stacks.flatMap((stack) => stack?.Outputs ?? []);
  return Object.fromEntries(outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
}

/** The verdicts of doctor's lines that are not well, by check. */
function illIn(stdout: string): Readonly<Record<string, string>> {
  const lines = stdout.split('\n').flatMap((line) => {
    const [, verdict = '', name = ''] = /^(warning|failed)\s+(.{16})/.exec(line) ?? [];
    return verdict === '' ? [] : [[name.trim(), verdict] as const];
  });
  return Object.fromEntries(lines);
}

/** What `admin doctor` finds to be not well: how it ends, and the verdicts by check. */
export function illnessesOf(run: Rehearsal['run']) {
  const { status, stdout } = run('admin', 'doctor');
  return { status, ill: illIn(stdout) };
}

/** What `admin doctor` says of one check. */
export const lineOf = (check: string, run: Rehearsal['run']): string =>
  run('admin', 'doctor')
    .stdout.split('\n')
    .find((line) => line.slice(9, 25).trim() === check) ?? '';
