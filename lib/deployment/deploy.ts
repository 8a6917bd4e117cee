import { DEFAULT_STAGE, isLasting, type Options } from '../options.ts';
import { asked, isOnTerminal } from '../prompt.ts';
import { shown } from '../setting-values.ts';
import { UsageError } from '../usage-error.ts';
import { cdkDeploy } from './cdk-deploy.ts';
import type { DeployOptions } from './deploy-options.ts';
import { cloudFormation, type DeployedStack, findStacks } from './deployed-stack.ts';
import { recordOf } from './deployment-record.ts';
import { deployedSettings, differencesFrom, lineOf } from './differences.ts';
import { requireReachable } from './domain.ts';
import { protect } from './protection.ts';
import { settleRegion } from './region.ts';
import { requireSender } from './sender.ts';
import { stageFile, writeStageValues } from './stage-file.ts';
import { withoutDroppedLimits } from './stage-limits.ts';
import { recordedSettings, stageOptions } from './stage-settings.ts';

function keepSettings({ stage, settings, once }: DeployOptions): void {
  if (once || Object.keys(settings).length === 0) return;
  writeStageValues(stage, settings);
  const written = Object.entries(settings).map(([key, value]) => shown(key, value));
  console.log(`Written into ${stageFile(stage)}: ${written.join(', ')}`);
}

/** Tells what is different from what is deployed; true where something is. */
async function tellDifferences(client: ReturnType<typeof cloudFormation>, options: Options, api: DeployedStack) {
  const record = await recordOf(client, api.name);
  const deployed = deployedSettings(api, record);
  const settled = recordedSettings(options);
  const known =
    record === undefined ? Object.fromEntries(Object.keys(deployed).map((key) => [key, settled[key] ?? ''])) : settled;
  const differences = differencesFrom(deployed, known);
  if (record === undefined)
    console.log(
      `An older version has deployed stage ${options.stage}, which did not write its settings down: compare ${stageFile(options.stage)} with what you gave then.`,
    );
  if (differences.length > 0) console.log(['Settings that change:', ...differences.map(lineOf)].join('\n'));
  else if (record !== undefined) console.log('No setting changes.');
  return record === undefined || differences.length > 0;
}

async function confirm(isDifferent: boolean, { stage, yes }: DeployOptions): Promise<void> {
  if (yes || !isDifferent) return;
  const answer = await asked(`Deploy stage ${stage} with these? [y/N] `);
  if (!/^y(es)?$/i.test(answer)) throw new Error('Nothing was deployed.');
}

/** A stack without it is about to be made, or its first deployment has not succeeded: CDK would protect it before it is whole. */
const unprotectedParts = (stacks: Readonly<Record<string, DeployedStack | undefined>>): readonly string[] =>
  Object.entries(stacks).flatMap(([part, stack]) => (stack?.isProtected === true ? [] : [part]));

function requireAnybodyToAsk({ yes }: DeployOptions): void {
  if (!yes && !isOnTerminal())
    throw new UsageError(
      'There is no terminal to ask on: give --yes, and new permissions and settings are deployed unasked',
    );
}

/** Deploys a stage (docs/operating.md); a `UsageError` comes before anything is written or deployed. */
export async function deploy(given: DeployOptions): Promise<void> {
  const { stage, settings, once, profile } = given;
  const options = stageOptions(stage, settings);
  requireSender(stage, options.settings.mailSender);
  requireAnybodyToAsk(given);
  if (profile !== undefined) process.env.AWS_PROFILE = profile;
  const region = await settleRegion(stage);
  const client = cloudFormation();
  await requireReachable(client, options);
  const { data, api, domain } = await findStacks(client, stage);
  keepSettings(given);
  console.log(`Stage ${stage} in ${region}${api === undefined ? ', which is deployed for the first time' : ''}`);
  await confirm(api !== undefined && (await tellDifferences(client, options, api)), given);
  const context = {
    stage,
    ...(once ? { ...settings, once: 'true' } : {}),
    ...(isLasting(stage) ? { unprotected: unprotectedParts({ Data: data, Api: api, Domain: domain }).join(',') } : {}),
  };
  const carryOut = () => cdkDeploy(context, !given.yes);
  if (api === undefined) await carryOut();
  else await withoutDroppedLimits(client, { stackName: api.name, options }, carryOut);
  if (isLasting(stage)) {
    const stacks = Object.values(await findStacks(client, stage)).flatMap((stack) => stack ?? []);
    await protect(client, stacks);
    console.log('All stacks, and the tables of profiles and access tokens, refuse to be deleted.');
  }
  console.log(
    `"npm run admin -- bootstrap${stage === DEFAULT_STAGE ? '' : ` --stage ${stage}`} --email …" makes the first access token, where there is none yet.`,
  );
}
