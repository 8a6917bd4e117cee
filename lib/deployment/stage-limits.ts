import {
  ApiGatewayV2Client,
  DeleteRouteSettingsCommand,
  NotFoundException,
  UpdateStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import { type CloudFormationClient, DescribeStackResourceCommand } from '@aws-sdk/client-cloudformation';
import { endpoints } from '../endpoints.ts';
import type { Options } from '../options.ts';
import { routeLimits } from '../route-limits.ts';
import { messageOf } from '../system-errors.ts';
import { templateOf } from './deployed-stack.ts';
import { type DeployedLimit, droppedLimits } from './dropped-limits.ts';

type Limits = Readonly<Record<string, DeployedLimit>>;

/** The stage of API Gateway that a stack has made. */
interface ApiStageName {
  readonly ApiId: string;
  readonly StageName: '$default';
}

async function stageOf(client: CloudFormationClient, StackName: string): Promise<ApiStageName | undefined> {
  const command = new DescribeStackResourceCommand({ StackName, LogicalResourceId: 'Api' });
  const { StackResourceDetail } = await client.send(command);
  const ApiId = StackResourceDetail?.PhysicalResourceId;
  return ApiId ? { ApiId, StageName: '$default' } : undefined;
}

async function takeOut(gateway: ApiGatewayV2Client, stage: ApiStageName, limits: Limits): Promise<void> {
  for (const RouteKey of Object.keys(limits))
    try {
      await gateway.send(new DeleteRouteSettingsCommand({ ...stage, RouteKey }));
    } catch (fault) {
      // A deployment that was stopped has taken it out.
      if (!(fault instanceof NotFoundException)) throw fault;
    }
}

async function putBack(gateway: ApiGatewayV2Client, stage: ApiStageName, limits: Limits): Promise<void> {
  const RouteSettings = Object.fromEntries(
    Object.entries(limits).map(([key, { ThrottlingRateLimit, ThrottlingBurstLimit }]) => [
      key,
      { ThrottlingRateLimit, ThrottlingBurstLimit },
    ]),
  );
  try {
    await gateway.send(new UpdateStageCommand({ ...stage, RouteSettings }));
  } catch (fault) {
    const keys = Object.keys(limits).join(', ');
    console.error(
      `These routes are without limits of their own until they are deployed anew (${messageOf(fault)}): ${keys}`,
    );
  }
}

/**
 * Deploys over an API stack that is there. Limits of routes that the deployment takes away are taken out of the stage before, since API Gateway keeps them and then refuses
 * the stage ("Unable to find Route by key"), and put back where the deployment fails.
 */
export async function withoutDroppedLimits(
  client: CloudFormationClient,
  { stackName, options }: { readonly stackName: string; readonly options: Options },
  deployment: () => Promise<void>,
): Promise<void> {
  const kept = routeLimits(
    endpoints.map(({ contract }) => contract),
    options,
  );
  const dropped = droppedLimits(await templateOf(client, stackName), Object.keys(kept));
  const stage = Object.keys(dropped).length === 0 ? undefined : await stageOf(client, stackName);
  if (stage === undefined) return deployment();
  const gateway = new ApiGatewayV2Client();
  console.log(`${Object.keys(dropped).length} routes lose their limits, since they go or change their path.`);
  await takeOut(gateway, stage, dropped);
  try {
    await deployment();
  } catch (fault) {
    await putBack(gateway, stage, dropped);
    throw fault;
  }
}
