import * as z from 'zod/mini';

const limit = z.object({ ThrottlingRateLimit: z.number(), ThrottlingBurstLimit: z.number() });
/** A limit of a route as the template has it. */
export type DeployedLimit = z.infer<typeof limit>;

const stage = z.object({
  Type: z.literal('AWS::ApiGatewayV2::Stage'),
  Properties: z.object({ RouteSettings: z.optional(z.record(z.string(), limit)) }),
});
const template = z.object({ Resources: z.optional(z.record(z.string(), z.unknown())) });

/**
 * The limits of a deployed template, as JSON, whose routes have none any more, by their keys. API Gateway keeps what CloudFormation leaves out of a stage, and refuses
 * to change a stage that names a route which is gone: "Unable to find Route by key".
 */
export function droppedLimits(templateBody: string, kept: readonly string[]): Readonly<Record<string, DeployedLimit>> {
  const { Resources = {} } = z.parse(template, JSON.parse(templateBody));
  const limits = Object.values(Resources).flatMap((resource) => {
    const { success, data } = stage.safeParse(resource);
    return success ? Object.entries(data.Properties.RouteSettings ?? {}) : [];
  });
  return Object.fromEntries(limits.filter(([key]) => !kept.includes(key)));
}
