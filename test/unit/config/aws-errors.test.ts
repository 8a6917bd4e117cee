import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { describeAwsError } from '../../../functions/shared/config/aws-errors.ts';

const account = 'us-east-1:123456789012';
const errorOf = (name: string, message: string, fields: object = {}) =>
  Object.assign(new Error(message), { name, ...fields });
const told = (name: string, message: string, fields: object = {}) =>
  JSON.parse(JSON.stringify(describeAwsError(errorOf(name, message, fields))));

test('ids, status, tries and reasons of a cancelled transaction are told, its items are not', () => {
  const error = new TransactionCanceledException({
    message: 'Transaction cancelled, please refer to secret [None, ConditionalCheckFailed]',
    $metadata: { requestId: 'VF2K3', httpStatusCode: 400, attempts: 2, cfId: 'secret' },
    CancellationReasons: [
      { Code: 'None' },
      { Code: 'ConditionalCheckFailed', Message: 'secret', Item: { pk: { S: 'secret' } } },
    ],
  });
  expect(JSON.parse(JSON.stringify(describeAwsError(error)))).toEqual({
    awsRequestId: 'VF2K3',
    httpStatusCode: 400,
    attempts: 2,
    cancellationReasons: ['None', 'ConditionalCheckFailed'],
  });
});

test('a code of the system is told', () => {
  expect(told('Error', 'connect ECONNREFUSED 127.0.0.1:8000', { code: 'ECONNREFUSED' })).toEqual({
    code: 'ECONNREFUSED',
  });
});

const user = 'arn:aws:sts::123456789012:assumed-role/Role/ResetPassword';
const because = ' because no identity-based policy allows it';

test.each([
  [`dynamodb:GetItem on resource: arn:aws:dynamodb:${account}:table/Profiles`, 'dynamodb:GetItem'],
  [`dynamodb:Query on resource: arn:aws:dynamodb:${account}:table/Profiles/index/byTenant`, 'dynamodb:Query'],
  [`kms:Decrypt on resource: arn:aws:kms:${account}:key/0a1b-2c3d`, 'kms:Decrypt'],
])('a denial of %s is told by action and resource', (what, action) => {
  const message = `User: ${user} is not authorized to perform: ${what}${because}`;
  const resource = what.split(' ').at(-1);
  expect(told('AccessDeniedException', message)).toEqual({ denied: { action, resource } });
});

test.each([
  ['photos/mara@example.com/secret.png', 'arn:aws:s3:::bucket'],
  ['secret key with blanks', 'arn:aws:s3:::bucket'],
])('the key %s of an object is left out', (key, resource) => {
  const message = `User: ${user} is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::bucket/${key}"${because}`;
  expect(told('AccessDenied', message)).toEqual({ denied: { action: 's3:GetObject', resource } });
});

test.each([
  ['example.com', 'identity/example.com'],
  ['mara@example.com', 'identity/<address>'],
  ['mara@b\u00fccher.example', 'identity/<address>'],
  ['"mara smith"@example.com', 'identity/<address>'],
  ['mara smith@example.com', 'identity/<address>'],
  ['mara%40example.com', 'identity/<address>'],
])('of the identity %s SES tells no address', (identity, shown) => {
  const message = `User \`${user}' is not authorized to perform \`ses:SendEmail' on resource \`arn:aws:ses:${account}:identity/${identity}'`;
  expect(told('AccessDenied', message)).toEqual({
    denied: { action: 'ses:SendEmail', resource: `arn:aws:ses:${account}:${shown}` },
  });
});

test('a denial without a resource, in other words, or of another service tells no more than it must', () => {
  const message = `User: ${user} is not authorized to perform: ses:SendEmail`;
  const other = `${message.replace('ses:SendEmail', 'x:Y')} on resource: arn:aws:x:${account}:secret/secret`;
  expect([
    told('AccessDenied', message),
    told('AccessDenied', 'Access Denied to secret'),
    told('AccessDenied', other),
    told('Other', message),
  ]).toEqual([
    { denied: { action: 'ses:SendEmail' } },
    {},
    { denied: { action: 'x:Y', resource: `arn:aws:x:${account}:` } },
    {},
  ]);
});

test.each([
  ['MessageRejected', 'Email address is not verified', '. The following identities failed the check'],
  ['Throttling', 'Maximum sending rate exceeded', '.'],
  ['AccountSendingPausedException', 'Sending paused for this account', ''],
  ['InvalidParameterValue', 'Domain contains control or whitespace', ''],
])('%s says why: %s', (name, reason, end) => {
  expect(told(name, `${reason}${end}`).reason).toContain(reason);
});

const addresses = [
  'mara@example.com',
  'Mara Smith <mara@example.com>',
  '"mara smith"@example.com',
  'mara smith@example.com',
  "o'mara@example.com",
  'm\u00e4ra@b\u00fccher.example',
  'mara@[192.0.2.1]',
  'mara(secret)@example.com',
  'mara.secret.smith@example.com',
  'secret:mara@example.com',
  'mara\\@secret@example.com',
  'mara\n@example.com',
];
const around = [
  (address: string) =>
    `Email address is not verified. The following identities failed the check in region US-EAST-1: ${address}`,
  (address: string) => `Email address is not verified: ${address}, ${address}`,
  (address: string) => `${address} is not verified.`,
  (address: string) => `Address not verified "${address}". Try again`,
  (address: string) => `Address ${address} is on the list`,
  (address: string) => `Address ${'x '.repeat(480)}${address}`,
];

test.each(addresses)('no part of the address %j is told, however SES puts it', (address) => {
  for (const message of around.map((put) => put(address))) {
    const { reason = '' } = told('MessageRejected', message);
    expect([message, /m.?a?ra|smith|secret|example|192|@/i.test(reason)]).toEqual([message, false]);
  }
});

test('the words before an address are told', () => {
  expect(told('MessageRejected', around[0]?.('mara@example.com') ?? '').reason).toBe(
    'Email address is not verified. The following identities failed the check in region US-EAST-1',
  );
});

test.each(['ValidationException', 'SerializationException', 'Error'])(
  'nothing is told of the message of %s',
  (name) => {
    expect(told(name, 'One or more parameter values were invalid: secret')).toEqual({});
  },
);

test('what is huge or of another shape is left out', () => {
  const huge = 'not authorized to perform: '.repeat(1_000_000);
  const fields = {
    code: { secret: 'secret' },
    $metadata: { requestId: 'two words', httpStatusCode: '200', attempts: null },
    CancellationReasons: [null, 'secret', { Code: 'x'.repeat(101) }, { Code: { secret: 'secret' } }],
  };
  expect(told('AccessDeniedException', huge, fields)).toEqual({ cancellationReasons: Array(4).fill('unknown') });
  expect(told('MessageRejected', 'word '.repeat(10_000_000))).toEqual({});
  expect(told('Error', '', { $metadata: 'secret', CancellationReasons: 'secret' })).toEqual({});
});
