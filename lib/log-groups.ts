/** The log group of all functions of a stage. */
export const functionLogOf = (stage: string): string => `/serverless-profile/${stage}/functions`;

/** The log group of a stage's requests. With this prefix API Gateway needs no entry of its own in the account's resource policy for logs, which is short. */
export const accessLogOf = (stage: string): string => `/aws/vendedlogs/serverless-profile/${stage}/access`;
