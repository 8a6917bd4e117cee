import { findAuditKey } from '../audit-key.ts';

/**
 * Opens the connection to DynamoDB while Lambda starts the sandbox, which it does at full speed and waits for: by the read of the key of the audit
 * trail, which every function with callers needs. Does nothing elsewhere, and never fails.
 */
export async function primeConnection(): Promise<void> {
  const { AWS_LAMBDA_INITIALIZATION_TYPE, AWS_SAM_LOCAL } = process.env;
  if (AWS_LAMBDA_INITIALIZATION_TYPE === undefined || AWS_SAM_LOCAL !== undefined) return;
  await findAuditKey();
}
