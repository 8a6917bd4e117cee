import { ConfigurationError } from '../../../functions/shared/config/configuration.ts';
import { describeError } from '../../../functions/shared/config/logger.ts';

test('an error is told by its class and frames, never by its message', () => {
  const error = Object.assign(new TypeError('secret of\n    at secret (secret.ts:1:1)\n    at secret'), {
    secret: 'secret',
  });
  const described = describeError(error);
  expect(described).toEqual({ name: 'TypeError', stack: expect.any(Array) });
  expect(described.stack).toContainEqual(expect.stringContaining('describe-error.test.ts'));
  expect(JSON.stringify(described)).not.toContain('secret');
});

test('a message that changed after the stack was written stays out too', () => {
  const error = new Error('secret\nsecret');
  error.message = 'other';
  expect(JSON.stringify(describeError(error))).not.toMatch(/secret|other/);
});

test('causes are told in the same way', () => {
  const cause = new Error('secret');
  expect(describeError(new Error('secret', { cause }))).toEqual({
    name: 'Error',
    stack: expect.any(Array),
    cause: { name: 'Error', stack: expect.any(Array) },
  });
});

test('what is no error is told by its type only', () => {
  expect([describeError('secret'), describeError(undefined)]).toEqual([{ name: 'string' }, { name: 'undefined' }]);
});

test('a fault of the configuration says what it is', () => {
  expect(describeError(new ConfigurationError('X is missing'))).toMatchObject({ message: 'X is missing' });
});

test('what AWS says of it in ids and codes is told as well', () => {
  const error = Object.assign(new Error('secret'), {
    $metadata: { requestId: 'A1', httpStatusCode: 400, attempts: 1 },
  });
  expect(describeError(error)).toMatchObject({ awsRequestId: 'A1', httpStatusCode: 400, attempts: 1 });
});

test('a chain of causes without an end has one', () => {
  const error = new Error('secret');
  error.cause = error;
  const text = JSON.stringify(describeError(error));
  expect([text.match(/"cause"/g)?.length, text.includes('secret')]).toEqual([4, false]);
});

const failing = (field: string) =>
  Object.defineProperty(new Error('x'), field, {
    get: () => {
      throw new Error('secret');
    },
  });

test.each(['name', 'message', 'stack', 'cause', 'code', '$metadata', 'CancellationReasons'])(
  'an error whose %s cannot be read fails nobody',
  (field) => {
    expect(describeError(failing(field))).toEqual({ name: 'an error that cannot be read' });
  },
);

test('an error with a name or a stack of another shape is told without it', () => {
  const named = Object.assign(new Error('x'), { name: 'secret name\nwith lines' });
  const bare = Object.assign(new Error('x'), { name: undefined, message: undefined, stack: 5 });
  expect([describeError(named).name, describeError(bare)]).toEqual(['Error', { name: 'Error', stack: [] }]);
});

test('of a long stack thirty frames are told, and a huge message costs little', () => {
  const frame = '    at call (file:///var/task/index.mjs:1:1)\n';
  const message = 'secret\n'.repeat(1_000_000);
  const error = Object.assign(new Error(message), { stack: `Error: ${message}\n${frame.repeat(1000)}` });
  expect(describeError(error)).toEqual({ name: 'Error', stack: Array(30).fill(frame.trim()) });
});
