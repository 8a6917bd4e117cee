import fc from 'fast-check';
import { bearerTokens } from '../../../functions/shared/http/bearer.ts';
import { eventOf } from '../../../lib/local/gateway.ts';

/** An event with these headers of the name, as API Gateway joins them. */
function tokensOf(values: readonly string[]): readonly string[] {
  const headers = values.map((value) => ['Authorization', value] as const);
  const request = { method: 'GET', path: '/', decodedPath: '/', query: '', headers, body: Buffer.of() };
  return bearerTokens(eventOf(request, undefined, { requestId: 'x', atMs: 0 }));
}

test.each([
  ['a token', ['Bearer a'], ['a']],
  ['a scheme in another case', ['bEARER a'], ['a']],
  ['blanks around', ['  Bearer   a  '], ['a']],
  ['a tab', ['Bearer\ta'], ['a']],
  ['no header', [], []],
  ['an empty one', [''], []],
  ['a bearer of nothing', ['Bearer'], []],
  ['a bearer of a blank', ['Bearer '], []],
  ['no scheme', ['a'], []],
  ['a word that begins like the scheme', ['Bearers a'], []],
  ['another scheme', ['Basic YTpi'], []],
  ['a scheme with parameters', ['Digest username="Bearer", realm="b, Bearer", uri="/"'], []],
  ['two tokens', ['Bearer a', 'Bearer b'], ['a', 'b']],
  ['one token twice', ['Bearer a', 'bearer a'], ['a']],
  ['one in a proxy’s company', ['Basic YTpi', 'Bearer a'], ['a']],
  ['one in a proxy’s company, the other way', ['Bearer a', 'Basic YTpi'], ['a']],
  ['an empty one beside it', ['Bearer a', ''], ['a']],
  ['empty ones around', ['', 'Bearer', 'Bearer a', 'Bearer', ''], ['a']],
  ['a client that joins by itself', ['Bearer a , Bearer b'], ['a', 'b']],
  ['a token with a comma', ['Bearer a,b,,c'], ['a,b,,c']],
  ['a token with a blank', ['Bearer a b'], ['a b']],
  ['a name of JavaScript', ['Bearer __proto__'], ['__proto__']],
])('%s', (_, values, expected) => {
  expect(tokensOf(values)).toEqual(expected);
});

test('whatever id a header can carry is read as it is, wherever it stands', () => {
  const id = fc.stringMatching(/^[\w.+/=~-]+(,?[\w.+/=~-]+)*$/);
  const foreign = fc.constantFrom('', 'Basic YTpi', 'Bearer', 'Negotiate abc==', 'Digest a="b", c="d"');
  fc.assert(
    fc.property(fc.array(foreign), id, fc.array(foreign), (before, token, after) => {
      expect(tokensOf([...before, `Bearer ${token}`, ...after])).toEqual([token]);
    }),
  );
});

test.each([
  ['commas', ','],
  ['blanks', ' '],
  ['beginnings', 'Bearer ,'],
  ['words', 'x'],
])('a header of ten thousand %s takes no time', (_, piece) => {
  const startedMs = performance.now();
  tokensOf([`Bearer a${piece.repeat(10_000)}`, `${piece.repeat(10_000)}\n`]);
  expect(performance.now() - startedMs).toBeLessThan(200);
});
