import type { DeployedStack } from '../../deployment/deployed-stack.ts';
import type { DeploymentRecord } from '../../deployment/deployment-record.ts';
import type { Options } from '../../options.ts';

/** The worst of several decides the command's exit status. */
export type Verdict = 'ok' | 'warning' | 'failed';

/** What a check has found. */
export interface Finding {
  readonly verdict: Verdict;
  /** What is so, in a few words. */
  readonly found: string;
  /** What to do about it; absent where it is well. */
  readonly advice?: string;
}

/** The stacks of a stage that works. */
export interface DeployedStacks {
  readonly data: DeployedStack;
  readonly api: DeployedStack;
  readonly domain: DeployedStack | undefined;
}

/** What checks look at. Whatever it takes to know rejects in the check that asks for it. */
export interface Patient {
  readonly stage: string;
  /** As options of the command line name it. */
  readonly where: string;
  readonly isLocal: boolean;
  readonly nowMs: number;
  /** The settings of the stage's file. */
  options(): Options;
  /** The stacks as they are deployed, that of a domain name where there is one; rejects where data or API are not. */
  stacks(): Promise<DeployedStacks>;
  /** What the deployment has left of itself; undefined where an older version has deployed. Rejects where it is not deployed. */
  record(): Promise<DeploymentRecord | undefined>;
  /** Points the repositories to the installation's tables; rejects where there are none. */
  useTables(): Promise<void>;
}

/** A row of the table of checks. */
export interface Check {
  readonly name: string;
  /** Where it makes sense; absent: everywhere. */
  readonly only?: 'deployed' | 'local';
  /** Rejects where it could not look. */
  look(patient: Patient): Promise<Finding>;
}

export const ok = (found: string): Finding => ({ verdict: 'ok', found });
export const warning = (found: string, advice: string): Finding => ({ verdict: 'warning', found, advice });
export const failed = (found: string, advice: string): Finding => ({ verdict: 'failed', found, advice });

/** The findings of the parts of one check as one: the worst decides, and of what is not well everything is told. */
export function allOf(findings: readonly Finding[], well: string): Finding {
  const ill = findings.filter(({ verdict }) => verdict !== 'ok');
  if (ill.length === 0) return ok(well);
  const verdict = ill.some((finding) => finding.verdict === 'failed') ? 'failed' : 'warning';
  const advice = [...new Set(ill.flatMap((finding) => finding.advice ?? []))].join('; ');
  return { verdict, found: ill.map(({ found }) => found).join('; '), advice };
}
