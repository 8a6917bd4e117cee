import { describeFailure } from '../failures.ts';
import type { Check, Finding, Patient, Verdict } from './check.ts';

/** How long a check may take: what does not answer by then is not well. */
const LIMIT_MS = 20_000;

/** A check and what it has found. */
export interface Result {
  readonly name: string;
  readonly finding: Finding;
}

async function withinLimit(check: Check, patient: Patient): Promise<Finding> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${LIMIT_MS / 1000} s`)), LIMIT_MS);
  try {
    return await Promise.race([check.look(patient), promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** What a check finds; that it could not look is no good news. */
async function resultOf(check: Check, patient: Patient): Promise<Result> {
  try {
    return { name: check.name, finding: await withinLimit(check, patient) };
  } catch (fault) {
    const [reason = ''] = describeFailure(fault).message.split('\n');
    const found = `could not look: ${reason.replace(/\.$/, '')}`;
    return { name: check.name, finding: { verdict: 'failed', found, advice: 'put that right and call it again' } };
  }
}

/** Carries the checks out side by side; results in their order. */
export function examine(checks: readonly Check[], patient: Patient): Promise<readonly Result[]> {
  const place = patient.isLocal ? 'local' : 'deployed';
  const apt = checks.filter(({ only }) => only === undefined || only === place);
  return Promise.all(apt.map((check) => resultOf(check, patient)));
}

const statuses: Readonly<Record<Verdict, number>> = { ok: 0, warning: 3, failed: 1 };

/** What the command ends with: 0 where all is well, 1 where something has failed, 3 where there are warnings only. */
export function statusOf(results: readonly Result[]): number {
  const verdicts = results.map(({ finding }) => finding.verdict);
  if (verdicts.includes('failed')) return statuses.failed;
  return verdicts.includes('warning') ? statuses.warning : statuses.ok;
}

/** What reaches the terminal in one line, whatever has been stored or answered. */
const oneLine = (text: string) => text.replace(/\s*\n\s*/g, ' ').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');

/** One line a check. */
export function lineOf({ name, finding }: Result): string {
  const { verdict, found, advice } = finding;
  const what = advice === undefined ? found : `${found}. ${advice[0]?.toUpperCase()}${advice.slice(1)}.`;
  return `${verdict.padEnd(8)} ${name.padEnd(16)} ${oneLine(what)}`;
}
