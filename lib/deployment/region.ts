import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { UsageError } from '../usage-error.ts';
import { deployedRegion } from './outputs-file.ts';

/** Of the profile in the AWS configuration, as the SDK reads it. */
async function configuredRegion(): Promise<string | undefined> {
  try {
    return await new CloudFormationClient().config.region();
  } catch {
    // The SDK has no other word for "none".
    return undefined;
  }
}

/**
 * Settles the region that this process works in, and those that it starts: AWS_REGION, else AWS_DEFAULT_REGION, else that of the profile, else the one that
 * the stage was deployed to from this directory. Throws a `UsageError` where there is none.
 */
export async function settleRegion(stage: string): Promise<string> {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const region = AWS_REGION || AWS_DEFAULT_REGION || (await configuredRegion()) || deployedRegion(stage);
  if (!region) throw new UsageError('There is no AWS region: set AWS_REGION, for example to eu-central-1');
  process.env.AWS_REGION = region;
  return region;
}
