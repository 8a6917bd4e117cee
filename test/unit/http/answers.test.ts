import * as z from 'zod/mini';
import { invalidEmailAddress } from '../../../functions/shared/errors/api-error.ts';
import { errorAnswer } from '../../../functions/shared/http/error-answers.ts';
import { answerOf } from '../../../functions/shared/http/response.ts';

const contract = { operationId: 'test', response: z.array(z.string()) };
const tooLarge = { kind: 'invalidRequest', message: 'The result is too large: use start and count' };
/** What Lambda takes back from a function. */
const payloadLimitBytes = 6_291_556;
const payloadBytes = (answer: unknown) => Buffer.byteLength(JSON.stringify(answer));

test.each([
  ['plain text', 'x'.repeat(5_499_000)],
  ['text of three bytes a character', '€'.repeat(1_833_000)],
  ['as many quotes as a function may send', `${'"'.repeat(1_500_000)}${'x'.repeat(200_000)}`],
])('%s is answered', (_, text) => {
  expect(payloadBytes(answerOf(contract, [text]))).toBeLessThanOrEqual(payloadLimitBytes);
});

test.each([
  ['more than an answer may be', 'x'.repeat(5_500_000)],
  ['less, but with quotes that take it beyond what a function may send', '"'.repeat(1_600_000)],
  ['many short texts', Array<string>(600_000).fill('x23456')],
])('%s is refused', (_, text) => {
  expect(() => answerOf(contract, [text].flat())).toThrow(expect.objectContaining(tooLarge));
});

test('an error that quotes a whole request is shortened, between characters', () => {
  const answer = errorAnswer(invalidEmailAddress('😀'.repeat(2_000_000)), '3.1');
  expect(payloadBytes(answer)).toBeLessThan(20_000);
  const { errorCode, message } = JSON.parse(answer.body ?? '');
  expect([errorCode, message.isWellFormed()]).toEqual(['INVALID_EMAIL_ADDRESS', true]);
});
