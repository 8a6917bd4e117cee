/** One line for an operator: our own errors as they are, those of AWS by what they mean. */
export function describeFailure(failure: unknown): string {
  if (!(failure instanceof Error)) return 'Failed for an unknown reason';
  switch (failure.name) {
    case 'CredentialsProviderError':
      return 'No AWS credentials: sign in (for example "aws sso login") or set AWS_PROFILE';
    case 'AccessDeniedException':
    case 'UnrecognizedClientException':
      return 'AWS refused the credentials: they need read and write access to the tables of this stage';
    case 'ResourceNotFoundException':
      return 'A table does not exist in this account and region: check AWS_REGION, AWS_PROFILE and --stage';
    default:
      return failure.message;
  }
}
