import type { LocalServer } from '../../../lib/local/http-server.ts';
import { ECHO, startEcho } from '../../support/echo-endpoint.ts';
import { type RawAnswer, sendRaw } from '../../support/raw-request.ts';

let server: LocalServer;
beforeAll(async () => {
  server = await startEcho();
});
afterAll(() => server.stop());

const FORM = 'application/x-www-form-urlencoded';
const seen = (fields: object = {}): RawAnswer => ({ status: 200, body: { caller: 'a', ...fields } });
const refused = (message: string): RawAnswer => ({ status: 400, body: { errorCode: 'OTHER', message } });
const illFormed = (name: string) => refused(`Parameter "${name}" holds ill-formed Unicode`);

const post = (body: string, types: readonly string[] = [FORM], target = ECHO) =>
  sendRaw(server.url, {
    target,
    headers: [...types.map((type) => `Content-Type: ${type}`), `Content-Length: ${body.length}`],
    body,
  });

describe('escapes', () => {
  test.each([
    ['text=100%', '100%'],
    ['text=%', '%'],
    ['text=%%', '%%'],
    ['text=%2', '%2'],
    ['text=a%zz', 'a%zz'],
    ['text=a%2z', 'a%2z'],
    ['text=%%41', '%A'],
    ['text=%4%31', '%41'],
    ['text=%2541', '%41'],
    ['text=%u0041', '%u0041'],
    ['text=%2B', '+'],
    ['text=%2b', '+'],
    ['text=+', ' '],
    ['text=a+b%20c%2Bd', 'a b c+d'],
    ['text=%+41', '% 41'],
    ['text=%26role=E%3D', '&role=E='],
    ['text=%c3%bc%C3%BC%c3%Bc', 'üüü'],
    ['text=\xc3\xbc', 'ü'],
    ['text=%C3\xbc', 'ü'],
    ['text=%EF%BB%BFa', '\ufeffa'],
    ['text=%00', '\0'],
    ['text=a%00b\0c', 'a\0b\0c'],
    ['text=a\r\nrole=E\r\n', 'a\r\nrole=E\r\n'],
    ['text=%0D%0a', '\r\n'],
    ['text= a\t', ' a\t'],
    ['text=<&#65;>', '<'],
  ])('the text in %j', async (body, text) => {
    expect(await post(body)).toEqual(seen({ text }));
  });

  test.each([
    ['%72ole=E', ['E']],
    ['%72%6f%6C%65=E', ['E']],
    ['role=E&r%6Fle=F', ['E', 'F']],
    ['%2572ole=E', undefined],
    ['rol%=E', undefined],
    ['role%00=E', undefined],
    ['\0role=E', undefined],
    ['role+=E', undefined],
    ['%20role=E', undefined],
    ['\r\nrole=E', undefined],
    ['\xef\xbb\xbfrole=E', undefined],
    ['?role=E', undefined],
    ['ROLE=E', undefined],
    ['role[]=E&role[0]=E', undefined],
    ['a;role=E', undefined],
    ['a&amp;role=E', undefined],
    ['%ff=E&ro\xffle=E', undefined],
    ['__proto__=E&constructor=E&toString=E', undefined],
  ])('the name in %j', async (body, role) => {
    expect(await post(body)).toEqual(seen(role && { role }));
  });

  test.each(['%ff', '\xff', 'a%C3', '%ED%A0%80', '%C0%80', '%E9t%C3%A9'])(
    'bytes that are no text: %j',
    async (bytes) => {
      expect(await post(`text=${bytes}`)).toEqual(illFormed('text'));
      expect(await post(`text=a&text=${bytes}`)).toEqual(illFormed('text'));
      expect(await post(`role=${bytes}`)).toEqual(illFormed('role'));
    },
  );
});

describe('fields', () => {
  test.each([
    ['', {}],
    ['&', {}],
    ['=', {}],
    ['==', {}],
    ['x', {}],
    ['=x', {}],
    ['&&role=L&', { role: ['L'] }],
    ['x&=x&=role=L&role=M&x', { role: ['M'] }],
    ['text', { text: '' }],
    ['text=', { text: '' }],
    ['text==y', { text: '=y' }],
    ['text=a=b', { text: 'a=b' }],
    ['text=a?b#c', { text: 'a?b#c' }],
    ['text=a&text=b', { text: 'a,b' }],
    ['text=&text', { text: ',' }],
    ['text=a;role=E', { text: 'a;role=E' }],
    ['text={"role":"E"}', { text: '{"role":"E"}' }],
    ['role', { role: [] }],
    ['role=', { role: [] }],
    ['role=,', { role: [] }],
    ['role=%2C+%2C', { role: [] }],
    ['role=A,B', { role: ['A', 'B'] }],
    ['role=A%2CB', { role: ['A', 'B'] }],
    ['role=+A+,+,B,', { role: ['A', 'B'] }],
    ['role=A,B&role=C', { role: ['A,B', 'C'] }],
    ['role=+A&role=', { role: [' A', ''] }],
    ['role=A&x=1&role=A', { role: ['A', 'A'] }],
    [
      'attributeToReturn=a,b&attributesToReturn=c,d&attributesToReturn=e',
      { attributesToReturn: ['c,d', 'e', 'a', 'b'] },
    ],
    ['flag=TRUE', { flag: true }],
    ['flag=%6fFF', { flag: false }],
    ['flag=&count=', {}],
    ['count=%2B5', { count: 5 }],
    ['count=+5', { count: 5 }],
    ['count=-0007', { count: -7 }],
  ])('%j', async (body, fields) => {
    expect(await post(body)).toEqual(seen(fields));
  });

  test.each([
    ['flag=+true', 'Parameter "flag" must be true or false'],
    ['flag=true&flag=true', 'Parameter "flag" must be true or false'],
    ['flag=2', 'Parameter "flag" must be true or false'],
    ['flag=true%00', 'Parameter "flag" must be true or false'],
    ['count=5.0', 'Parameter "count" must be an integer'],
    ['count=0x10', 'Parameter "count" must be an integer'],
    ['count=5&count=5', 'Parameter "count" must be an integer'],
    ['count=%EF%BC%95', 'Parameter "count" must be an integer'],
    ['count=99999999999', 'Parameter "count" must be an integer'],
  ])('%j is refused', async (body, message) => {
    expect(await post(body)).toEqual(refused(message));
  });

  test('those of the query come first, and are read in the same way', async () => {
    const target = `${ECHO}&%72ole=A,B&text=1%2b+%zz&&=x&?role=X`;
    expect(await post('role=C&text=2', [FORM], target)).toEqual(seen({ role: ['A,B', 'C'], text: '1+ %zz,2' }));
  });

  test.each([
    ['?accessTokenId=q&accessTokenId=r', 'accessTokenId=f', 'q'],
    ['', 'accessTokenId=f&accessTokenId=g', 'f'],
    ['', '%61ccess%54okenId=f&accessTokenId=g', 'f'],
    ['', 'accessTokenId&accessTokenId=g', ''],
    ['', 'accessTokenId=+f%2B', ' f+'],
    ['', '?accessTokenId=f&accessTokenId=g', 'g'],
  ])('the caller of %j and %j', async (query, body, caller) => {
    const target = ECHO.replace(/\?.*/, query);
    for (const padding of ['', `&x=${'x'.repeat(70_000)}`])
      expect(await post(`${body}${padding}`, [FORM], target)).toEqual({ status: 200, body: { caller } });
  });

  test.each(['', 'accesstokenid=f', '?accessTokenId=f', 'accessTokenId%00=f', 'x=accessTokenId=f'])(
    'no caller in %j',
    async (body) => {
      for (const padding of ['', `&x=${'x'.repeat(70_000)}`])
        expect(await post(`${body}${padding}`, [FORM], ECHO.replace(/\?.*/, ''))).toMatchObject({ status: 403 });
    },
  );
});

describe('content types', () => {
  test.each([
    ...[FORM, `${FORM};charset=UTF-8`, `${FORM}; charset="utf-8"`, `${FORM}; charset=ISO-8859-1`, `${FORM};charset=x`],
    ...[`${FORM};`, `${FORM} ; a=b; c`, 'Application/X-WWW-Form-URLEncoded', `\t${FORM}\t`, `${FORM};boundary=b`],
  ])('%j is a form in UTF-8', async (type) => {
    expect(await post('text=%C3%BC\xc3\xbc', [type])).toEqual(seen({ text: 'üü' }));
    expect(await post('text=%E9', [type])).toEqual(illFormed('text'));
  });

  test.each([
    ...[[], [''], ['text/plain'], ['application/json'], ['application/x-www-form-urlencode'], [`${FORM}, text/plain`]],
    ...[['x-www-form-urlencoded'], [`"${FORM}"`], [`${FORM}/x`]],
  ])('%j is none', async (...types) => {
    expect(await post('text=a', types)).toEqual(seen());
  });
});

describe('how the body comes', () => {
  const chunked = ['Transfer-Encoding: chunked', `Content-Type: ${FORM}`];
  const chunk = (text: string, extension = '') => `${text.length.toString(16)}${extension}\r\n${text}\r\n`;
  const body = 'text=%C3%BC%2B+&role=A&role=B';

  test.each([
    ['one chunk', [`${chunk(body)}0\r\n\r\n`]],
    ['a chunk of each byte', [...body].map((byte) => chunk(byte)).concat('0\r\n\r\n')],
    ['chunks with extensions', [chunk(body.slice(0, 7), ';a=b'), chunk(body.slice(7), ';c="d;e"'), '0;f\r\n\r\n']],
    ['trailers', [chunk(body), '0\r\nContent-Type: text/plain\r\nX: y\r\n\r\n']],
    ['sizes in capitals with zeroes', [`001D\r\n${body}\r\n`, '000\r\n\r\n']],
  ])('in %s', async (_, pieces) => {
    const answer = await sendRaw(server.url, { target: ECHO, headers: chunked, body: pieces });
    expect(answer).toEqual(seen({ text: 'ü+ ', role: ['A', 'B'] }));
  });

  test('an empty chunked one has no fields', async () => {
    expect(await sendRaw(server.url, { target: ECHO, headers: chunked, body: '0\r\n\r\n' })).toEqual(seen());
  });

  test.each([
    ['without a length', []],
    ['of the length 0', ['Content-Length: 0']],
  ])('none, %s', async (_, headers) => {
    const all = [...headers, `Content-Type: ${FORM}`];
    expect(await sendRaw(server.url, { target: `${ECHO}&text=a`, headers: all, body: '' })).toEqual(
      seen({ text: 'a' }),
    );
  });

  test('in pieces, of a given length, once it is told to go on', async () => {
    const headers = [`Content-Length: ${body.length}`, `Content-Type: ${FORM}`];
    const sent = { target: ECHO, body: [body.slice(0, 6), body.slice(6)] };
    for (const more of [[], ['Expect: 100-continue']])
      expect(await sendRaw(server.url, { ...sent, headers: [...headers, ...more] })).toEqual(
        seen({ text: 'ü+ ', role: ['A', 'B'] }),
      );
  });
});
