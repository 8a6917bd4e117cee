import { userInfo } from 'node:os';

/** Who works at this machine. */
export function userHere(): string {
  try {
    return userInfo().username;
  } catch {
    return 'a user without a name';
  }
}

/** The identity of the AWS credentials. Rejects where AWS cannot be asked. */
export async function awsIdentity(): Promise<string> {
  const { STSClient, GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  const { Arn } = await new STSClient().send(new GetCallerIdentityCommand());
  if (Arn === undefined) throw new Error('AWS does not say whose the credentials are');
  return Arn;
}
