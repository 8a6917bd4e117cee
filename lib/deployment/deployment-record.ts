import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import * as z from 'zod/mini';
import { templateOf } from './deployed-stack.ts';

/** What a deployment leaves of itself in the template of its API stack. */
const record = z.object({ version: z.string(), settings: z.record(z.string(), z.string()) });
export type DeploymentRecord = z.infer<typeof record>;

/** Where it is in the template's metadata. */
export const RECORD_KEY = 'serverless-profile';

const template = z.object({ Metadata: z.optional(z.object({ [RECORD_KEY]: z.optional(record) })) });

/** What the deployment of a template, as JSON, has left of itself; undefined where a version before 0.2 has deployed. */
function recordIn(templateBody: string): DeploymentRecord | undefined {
  const { success, data } = template.safeParse(JSON.parse(templateBody));
  return success ? data.Metadata?.[RECORD_KEY] : undefined;
}

/** The same of a stack that is there, by its name. */
export const recordOf = async (client: CloudFormationClient, name: string): Promise<DeploymentRecord | undefined> =>
  recordIn(await templateOf(client, name));
