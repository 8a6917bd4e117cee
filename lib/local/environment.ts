import { createHash } from 'node:crypto';
import packageJson from '../../package.json' with { type: 'json' };
import { chosenVariables } from '../setting-values.ts';
import type { TableNames } from './tables.ts';

/** Where the parts of a local stack listen. */
export interface LocalEndpoints {
  readonly dynamodb: string;
  readonly ses: string;
  readonly s3?: string | undefined;
}

export const localTableNames: TableNames = { profiles: 'profiles', tokens: 'tokens', tickets: 'tickets' };
export const localBucketName = 'attachments';
/** The token of the monitoring endpoints, locally; a deployed stack has none until one is set. */
export const localManagementToken = 'defaultManagementToken';

/** What the functions find in their environment, as the API stack sets it, on this machine. */
export function localEnvironment({ dynamodb, ses, s3 }: LocalEndpoints): Readonly<Record<string, string>> {
  return {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'S3RVER',
    AWS_SECRET_ACCESS_KEY: 'S3RVER',
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
    AWS_ENDPOINT_URL_SES: ses,
    ...(s3 === undefined ? {} : { AWS_ENDPOINT_URL_S3: s3, ATTACHMENTS_BUCKET: localBucketName }),
    PROFILES_TABLE: localTableNames.profiles,
    TOKENS_TABLE: localTableNames.tokens,
    TICKETS_TABLE: localTableNames.tickets,
    PACKAGE_VERSION: packageJson.version,
    MAIL_SENDER: 'noreply@example.com',
    MANAGEMENT_TOKEN_SHA256: createHash('sha256').update(localManagementToken).digest('hex'),
    ...chosenVariables(),
  };
}
