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
