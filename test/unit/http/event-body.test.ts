import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { textFault } from '../../../functions/shared/http/event-body.ts';
import { eventOf } from '../../../lib/local/gateway.ts';

const bytesOf = (latin1: string) => Buffer.from(latin1, 'latin1');

/** The event of these bytes where they are handed over as text, whatever they are. */
function eventWith(body: Buffer, headers: readonly (readonly [string, string])[]): APIGatewayProxyEventV2 {
  const all = [['content-type', 'application/json'] as const, ...headers];
  const request = { method: 'POST', path: '/', decodedPath: '/', query: '', headers: all, body };
  const event = eventOf(request, undefined, { requestId: '', atMs: 0 });
  return { ...event, isBase64Encoded: false, body: body.toString('utf8') };
}
const withLength = (body: Buffer) => eventWith(body, [['Content-Length', String(body.length)]]);
const refused = expect.objectContaining({ kind: 'invalidRequest', message: 'The body is not UTF-8' });

test.each(['\xe9', '\xff\xfe', '\xc0\x80', '\xed\xa0\x80', '\xe2\x82', 'a\xc3', '\xef\xbf\xbd\xe9'])(
  'a text that was %j is told by its length',
  (text) => {
    expect(textFault(withLength(bytesOf(text)))).toEqual(refused);
  },
);

test.each(['', 'a', 'ü€😀', '\ufffd', 'a\ufffdb\ufffd', '\ufeff{}', '\0'])('the text %j is one', (text) => {
  expect(textFault(withLength(Buffer.from(text)))).toBeUndefined();
});

test('without a length, or with one that is none, U+FFFD is taken for the client’s', () => {
  for (const headers of [[], [['content-length', 'x']], [['content-length', '3,3']]] as const)
    expect(textFault(eventWith(Buffer.from('\ufffd'), headers))).toBeUndefined();
});

test('an event that is no Unicode itself is refused; bytes are judged by who reads them', () => {
  const event = withLength(bytesOf('a'));
  expect(textFault({ ...event, body: '{"a":"\ud800"}' })).toEqual(refused);
  expect(textFault({ ...event, isBase64Encoded: true, body: bytesOf('\xe9').toString('base64') })).toBeUndefined();
});
