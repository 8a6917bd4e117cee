import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import packageJson from '../../../../package.json' with { type: 'json' };
import type { DeployedStack } from '../../../deployment/deployed-stack.ts';
import { differencesFrom } from '../../../deployment/differences.ts';
import { requireSender } from '../../../deployment/sender.ts';
import { stageFile } from '../../../deployment/stage-file.ts';
import { recordedSettings } from '../../../deployment/stage-settings.ts';
import { isLasting } from '../../../options.ts';
import { messageOf } from '../../../system-errors.ts';
import { allOf, type Check, type Finding, failed, ok, type Patient, warning } from '../check.ts';

const deploy = ({ where }: Patient) => `npm run deploy${where === '' ? '' : ` -- ${where}`}`;

/** Who asks. */
const credentials: Check = {
  name: 'credentials',
  only: 'deployed',
  look: async () => {
    const { Account, Arn } = await new STSClient().send(new GetCallerIdentityCommand({}));
    return ok(`${Arn} of account ${Account}, in ${process.env.AWS_REGION}`);
  },
};

function stackFinding({ name, status }: DeployedStack, patient: Patient): Finding {
  if (/^(CREATE|UPDATE|IMPORT|UPDATE_ROLLBACK)_COMPLETE$/.test(status)) return ok(name);
  if (status.endsWith('_IN_PROGRESS')) return warning(`${name} is ${status}`, 'wait until it is done');
  return failed(`${name} is ${status}`, `see its events in CloudFormation, then "${deploy(patient)}"`);
}

async function versionFinding(patient: Patient): Promise<Finding> {
  const record = await patient.record();
  if (record?.version === packageJson.version) return ok(packageJson.version);
  const found = `version ${record?.version ?? 'before 0.2.0'} is deployed, and this is ${packageJson.version}`;
  return warning(found, `"${deploy(patient)}", or check out what is deployed`);
}

function domainFinding(domain: DeployedStack | undefined, patient: Patient): Finding {
  const { domainName } = patient.options();
  if (domainName === undefined && domain !== undefined) {
    const deletion = `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${domain.name}, then aws cloudformation delete-stack --stack-name ${domain.name}`;
    return warning(`${domain.name} is left, and no setting names a domain`, `delete it: ${deletion}`);
  }
  if (domain !== undefined) return stackFinding(domain, patient);
  return domainName === undefined ? ok('no domain') : failed(`${domainName} is not deployed`, `"${deploy(patient)}"`);
}

/** All stacks. The version stands in that of the API, which is deployed after the others. */
const stacks: Check = {
  name: 'stacks',
  only: 'deployed',
  look: async (patient) => {
    const { data, api, domain } = await patient.stacks();
    const parts = [...[data, api].map((stack) => stackFinding(stack, patient)), domainFinding(domain, patient)];
    const well = `${domain === undefined ? 'data and API' : 'data, API and domain name'}, from ${packageJson.version}`;
    return allOf([...parts, await versionFinding(patient)], well);
  },
};

const stackProtection: Check = {
  name: 'stack protection',
  only: 'deployed',
  look: async (patient) => {
    if (!isLasting(patient.stage)) return ok('none: the stage dev goes with its stacks');
    const { data, api, domain } = await patient.stacks();
    const all = [data, api, ...(domain === undefined ? [] : [domain])];
    const bare = all.filter(({ isProtected }) => !isProtected).map(({ name }) => name);
    if (bare.length === 0) return ok(`all ${all.length} refuse to be deleted`);
    return failed(`${bare.join(' and ')} can be deleted`, `"${deploy(patient)}" protects them when it has succeeded`);
  },
};

/** Whether the file says what is deployed. */
const settings: Check = {
  name: 'settings',
  only: 'deployed',
  look: async (patient) => {
    const record = await patient.record();
    if (record === undefined) return warning('an older version did not write them down', `"${deploy(patient)}" does`);
    const keys = differencesFrom(record.settings, recordedSettings(patient.options())).map(({ key }) => key);
    if (keys.length === 0) return ok(`as ${stageFile(patient.stage)} has them`);
    return warning(
      `${stageFile(patient.stage)} differs from what is deployed: ${keys.join(', ')}`,
      `"${deploy(patient)}" deploys the file; without it, put right the file`,
    );
  },
};

const senderSetting: Check = {
  name: 'mail sender',
  only: 'deployed',
  look: async ({ stage, options }) => {
    const { mailSender } = options().settings;
    try {
      requireSender(stage, mailSender);
      return ok(mailSender ?? '');
    } catch (fault) {
      return failed(messageOf(fault), 'deploy it then');
    }
  },
};

/** Of what is deployed, and how. */
export const deploymentChecks: readonly Check[] = [credentials, stacks, stackProtection, settings, senderSetting];
