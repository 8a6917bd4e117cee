import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { apiStackName, dataStackName, domainStackName } from './outputs-file.ts';

/** A stack as it is deployed. */
export interface DeployedStack {
  readonly name: string;
  /** CloudFormation's word, for example `UPDATE_COMPLETE`. */
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Values of the parameters that deployments of 0.1 had. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly isProtected: boolean;
}

const isMissing = (fault: unknown, name: string) =>
  fault instanceof Error && fault.name === 'ValidationError' && fault.message.includes(`${name} does not exist`);

const deployed = (name: string, stack: Stack): DeployedStack => ({
  name,
  status: stack.StackStatus ?? '',
  outputs: Object.fromEntries(
    (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  ),
  parameters: Object.fromEntries(
    (stack.Parameters ?? []).map(({ ParameterKey = '', ParameterValue = '' }) => [ParameterKey, ParameterValue]),
  ),
  isProtected: stack.EnableTerminationProtection === true,
});

/** What CloudFormation knows of a stack; undefined where there is none. Rejects where it cannot be asked. */
export async function findStack(client: CloudFormationClient, name: string): Promise<DeployedStack | undefined> {
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return stack === undefined ? undefined : deployed(name, stack);
  } catch (fault) {
    if (isMissing(fault, name)) return undefined;
    throw fault;
  }
}

/** Both stacks of a stage, as far as they are there. */
export async function findInstallation(client: CloudFormationClient, stage: string) {
  const [data, api] = await Promise.all([
    findStack(client, dataStackName(stage)),
    findStack(client, apiStackName(stage)),
  ]);
  return { data, api };
}

/** Every stack that a stage can have, as far as they are there. */
export async function findStacks(client: CloudFormationClient, stage: string) {
  const [installation, domain] = await Promise.all([
    findInstallation(client, stage),
    findStack(client, domainStackName(stage)),
  ]);
  return { ...installation, domain };
}

/** What an installation has put out: of the tables, those that it uses. */
export const outputsOf = (stacks: {
  readonly data?: DeployedStack | undefined;
  readonly api?: DeployedStack | undefined;
}): Readonly<Record<string, string>> => ({ ...stacks.data?.outputs, ...stacks.api?.outputs });

/** The template of a stack that is there, as text. */
export async function templateOf(client: CloudFormationClient, name: string): Promise<string> {
  const { TemplateBody = '{}' } = await client.send(
    new GetTemplateCommand({ StackName: name, TemplateStage: 'Original' }),
  );
  return TemplateBody;
}

/** The client of the region that was settled on. */
export const cloudFormation = (): CloudFormationClient => new CloudFormationClient();
