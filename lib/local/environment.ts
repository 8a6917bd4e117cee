import { createHash } from 'node:crypto';
import type { Table } from '../../functions/shared/config/calls.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { chosenVariables } from '../setting-values.ts';

export type TableNames = Readonly<Record<Table, string>>;

/** Where the parts of a local stack listen. */
export interface LocalEndpoints {
  readonly dynamodb: string;
  readonly ses: string;
  readonly s3?: string | undefined;
}

/** By their own names, unless the environment has others: several stacks can share one engine then. */
export const localTableNames = (): TableNames => ({
  profiles: process.env.PROFILES_TABLE ?? 'profiles',
  tokens: process.env.TOKENS_TABLE ?? 'tokens',
  tickets: process.env.TICKETS_TABLE ?? 'tickets',
});
export const localBucketName = 'attachments';
/** The token of the monitoring endpoints, locally; a deployed stack has none until one is set. */
export const localManagementToken = 'defaultManagementToken';

/** The S3 emulator takes no others. DynamoDB Local keeps a database for each access key: whatever speaks to it has to have this one. */
export const localCredentials = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' };

/** What the functions find in their environment, as the API stack sets it, on this machine. */
export function localEnvironment({ dynamodb, ses, s3 }: LocalEndpoints): Readonly<Record<string, string>> {
  const tables = localTableNames();
  return {
    AWS_REGION: 'us-east-1',
    ...localCredentials,
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
    AWS_ENDPOINT_URL_SES: ses,
    ...(s3 === undefined ? {} : { AWS_ENDPOINT_URL_S3: s3, ATTACHMENTS_BUCKET: localBucketName }),
    PROFILES_TABLE: tables.profiles,
    TOKENS_TABLE: tables.tokens,
    TICKETS_TABLE: tables.tickets,
    PACKAGE_VERSION: packageJson.version,
    MAIL_SENDER: 'noreply@example.com',
    MANAGEMENT_TOKEN_SHA256: createHash('sha256').update(localManagementToken).digest('hex'),
    ...chosenVariables(),
  };
}
