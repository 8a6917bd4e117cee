import { describeFailure } from '../../../lib/admin/failures.ts';

const variable = 'AWS_ENDPOINT_URL_DYNAMODB';
const given = process.env[variable];
afterEach(() => {
  if (given === undefined) delete process.env[variable];
  else process.env[variable] = given;
});

const named = (name: string, message = 'in the words of AWS') => Object.assign(new Error(message), { name });

test.each([
  [named('CredentialsProviderError'), 'No AWS credentials: sign in (for example "aws sso login") or set AWS_PROFILE'],
  [
    named('ExpiredTokenException'),
    'The AWS credentials have expired: sign in (for example "aws sso login") or set AWS_PROFILE',
  ],
  [
    named('AccessDeniedException'),
    'AWS refused the credentials: they need read and write access to the tables of this stage',
  ],
  [
    named('ResourceNotFoundException'),
    'A table does not exist in this account and region: check AWS_REGION, AWS_PROFILE and --stage',
  ],
  [new Error('Region is missing'), 'No AWS region: set AWS_REGION'],
  [new Error('There is no access token "x"'), 'There is no access token "x"'],
  [named('constructor', ''), 'constructor'],
  ['odd', 'odd'],
])('%s is told in one line', (failure, line) => {
  expect(describeFailure(failure).message).toBe(line);
});

test.each([
  [undefined, 'No answer from AWS: check the network and AWS_REGION'],
  ['http://localhost:8000', 'No answer from DynamoDB at http://localhost:8000 (AWS_ENDPOINT_URL_DYNAMODB)'],
])('a refused connection has no words of its own (%s)', (endpoint, line) => {
  delete process.env[variable];
  if (endpoint !== undefined) process.env[variable] = endpoint;
  expect(describeFailure(Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' })).message).toBe(line);
});
