import { codeOf, messageOf } from '../system-errors.ts';

const signIn = 'sign in (for example "aws sso login") or set AWS_PROFILE';
const meanings: Readonly<Record<string, string>> = {
  CredentialsProviderError: `No AWS credentials: ${signIn}`,
  TokenProviderError: `No AWS credentials: ${signIn}`,
  ExpiredToken: `The AWS credentials have expired: ${signIn}`,
  ExpiredTokenException: `The AWS credentials have expired: ${signIn}`,
  AccessDenied: 'AWS refused the credentials: they may not do this',
  AccessDeniedException: 'AWS refused the credentials: they need read and write access to the tables of this stage',
  UnrecognizedClientException: `AWS does not know the credentials: ${signIn}`,
  InvalidSignatureException: 'AWS does not take the signature: check the secret key and the clock of this machine',
  ResourceNotFoundException:
    'A table does not exist in this account and region: check AWS_REGION, AWS_PROFILE and --stage',
  ProvisionedThroughputExceededException: 'DynamoDB is busy: try again',
  ThrottlingException: 'DynamoDB is busy: try again',
};
const unreachable = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
];

function lineOf(failure: Error): string {
  const meaning = Object.hasOwn(meanings, failure.name) ? meanings[failure.name] : undefined;
  if (meaning !== undefined) return meaning;
  if (unreachable.includes(codeOf(failure) ?? '') || failure.name === 'TimeoutError') {
    const endpoint = process.env.AWS_ENDPOINT_URL_DYNAMODB;
    if (endpoint) return `No answer from DynamoDB at ${endpoint} (AWS_ENDPOINT_URL_DYNAMODB)`;
    return 'No answer from AWS: check the network and AWS_REGION';
  }
  if (failure.message === 'Region is missing') return 'No AWS region: set AWS_REGION';
  return failure.message || failure.name;
}

/** In one line for an operator: our own errors as they are, those of AWS and of the network by what they mean. */
export function describeFailure(failure: unknown): Error {
  if (!(failure instanceof Error)) return new Error(messageOf(failure));
  const line = lineOf(failure);
  return line === failure.message ? failure : new Error(line);
}
