import { cloudFormation, findStacks } from '../../deployment/deployed-stack.ts';
import { recordOf } from '../../deployment/deployment-record.ts';
import { settleRegion } from '../../deployment/region.ts';
import { stageOptions } from '../../deployment/stage-settings.ts';
import type { OptionValues } from '../command-options.ts';
import { folderOf } from '../installation.ts';
import { targetArguments, useTarget } from '../target.ts';
import type { Check, DeployedStacks, Patient } from './check.ts';
import { accountChecks } from './checks/account.ts';
import { deploymentChecks } from './checks/deployment.ts';
import { hashingChecks } from './checks/hashing.ts';
import { mailChecks } from './checks/mail.ts';
import { settingChecks } from './checks/settings.ts';
import { storedChecks } from './checks/stored.ts';
import { tableChecks } from './checks/tables.ts';
import { examine, lineOf, statusOf } from './doctor.ts';

/** Every check, in the order of the lines. */
export const checks: readonly Check[] = [
  ...deploymentChecks,
  ...settingChecks,
  ...tableChecks,
  ...mailChecks,
  ...accountChecks,
  ...hashingChecks,
  ...storedChecks,
];

type Where = Pick<OptionValues, 'stage' | 'local' | 'directory'>;

/** Asks once, however many checks want to know. */
function once<Result>(ask: () => Promise<Result>): () => Promise<Result> {
  let asked: Promise<Result> | undefined;
  return () => {
    asked ??= ask();
    return asked;
  };
}

async function stacksOf(stage: string): Promise<DeployedStacks> {
  const { data, api, domain } = await findStacks(cloudFormation(), stage);
  if (data !== undefined && api !== undefined) return { data, api, domain };
  const missing = data === undefined ? 'its data stack is not there' : 'its API stack is not there';
  throw new Error(`stage ${stage} is not deployed in ${process.env.AWS_REGION}: ${missing}`);
}

/** The installation that the options name. */
export function patientOf(where: Where, nowMs: number): Patient {
  const isLocal = folderOf(where) !== undefined;
  const stacks = once(() => stacksOf(where.stage));
  return {
    stage: where.stage,
    where: targetArguments(where),
    isLocal,
    nowMs,
    options: () => stageOptions(where.stage),
    stacks,
    record: once(async () => recordOf(cloudFormation(), (await stacks()).api.name)),
    useTables: once(async () => {
      // That it is not deployed is one reason, told in the same words by every check.
      if (!isLocal) await stacks();
      await useTarget(where);
    }),
  };
}

/** `npm run admin -- doctor`: a line a check, and the worst as exit status. */
export async function runDoctor(where: Where): Promise<void> {
  const patient = patientOf(where, Date.now());
  if (!patient.isLocal) await settleRegion(where.stage);
  const results = await examine(checks, patient);
  for (const result of results) console.log(lineOf(result));
  process.exitCode = statusOf(results);
}
