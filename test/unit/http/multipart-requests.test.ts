import type { LocalServer } from '../../../lib/local/http-server.ts';
import { ECHO, startEcho } from '../../support/echo-endpoint.ts';
import { type RawAnswer, sendRaw } from '../../support/raw-request.ts';

let server: LocalServer;
beforeAll(async () => {
  server = await startEcho();
});
afterAll(() => server.stop());

const seen = (fields: object = {}): RawAnswer => ({ status: 200, body: { caller: 'a', ...fields } });
const refused = (message: string): RawAnswer => ({ status: 400, body: { errorCode: 'OTHER', message } });
const unreadable = refused('The multipart body cannot be read');

const withBoundary = (parameter: string) => `multipart/form-data; boundary=${parameter}`;
const post = (body: string, type = withBoundary('b')) =>
  sendRaw(server.url, {
    target: ECHO,
    headers: [`Content-Type: ${type}`, `Content-Length: ${body.length}`],
    body,
  });

const form = 'Content-Disposition: form-data; ';
const part = (parameters: string, content = 'c') => `--b\r\n${form}${parameters}\r\n\r\n${content}\r\n`;
const role = part('name="role"', 'E');
const END = '--b--\r\n';
const file = (fileName: string, content = 'c') => seen({ files: { f: [fileName, content] } });

describe('names of files', () => {
  test.each([
    ['filename="x.png"', 'x.png'],
    ['filename=x.png', 'x.png'],
    ['filename=""', ''],
    ['filename=', ''],
    ['filename="a b;c=d.png"', 'a b;c=d.png'],
    ['filename="a\\"b.png"', 'a"b.png'],
    ['filename="a\\\\b.png"', 'a\\b.png'],
    ['filename="a\\\\\\"b.png"', 'a\\"b.png'],
    ['filename="a\\b.png"', 'a\\b.png'],
    ['filename="C:\\dir\\x.png"', 'C:\\dir\\x.png'],
    ['filename="a%22b.png"', 'a"b.png'],
    ['filename="a%20b.png"', 'a%20b.png'],
    ['filename="../../x.png"', '../../x.png'],
    ['filename="a\0b.png"', 'a\0b.png'],
    ['filename="\xc3\xbc.png"', 'ü.png'],
    ['filename="\xfc.png"', 'ü.png'],
    ['filename="=?UTF-8?B?w7w=?="', '=?UTF-8?B?w7w=?='],
    ["filename*=UTF-8''%e2%82%ac%20x.png", '€ x.png'],
    ["filename*=utf-8'de'%C3%bc.png", 'ü.png'],
    [`filename*="UTF-8''%e2%82%ac.png"`, '€.png'],
    ["filename*=UTF-8''a+b%2Bc.png", 'a+b+c.png'],
    ["filename*=UTF-8''a'b.png", "a'b.png"],
    ["filename*=UTF-8''", ''],
    [`filename="x.png"; filename*=UTF-8''y.png`, 'y.png'],
    [`filename*=UTF-8''y.png; filename="x.png"`, 'y.png'],
    [`FileName="x.png"; FILENAME*=utf-8''y.png`, 'y.png'],
    [`filename="x.png"; filename*=UTF-8''%E9.png`, 'x.png'],
    [`filename="x.png"; filename*=UTF-8''%zz.png`, 'x.png'],
    [`filename="x.png"; filename*=ISO-8859-1''%E9.png`, 'x.png'],
    [`filename="x.png"; filename*=UTF-8'%41.png`, 'x.png'],
    [`filename="x.png"; filename*=y.png`, 'x.png'],
    [`filename="x.png"; filename="y.png"`, 'x.png'],
    [`filename="x.png"; filename*0="a"; filename*1="b"`, 'x.png'],
  ])('%s', async (parameters, fileName) => {
    expect(await post(part(`name="f"; ${parameters}`) + END)).toEqual(file(fileName));
    expect(await post(part(`${parameters}; name="f"`) + END)).toEqual(file(fileName));
  });
});

describe('names of parts', () => {
  test.each([
    ['name="role"', true],
    ['name=role', true],
    ['name = "role"', true],
    ['NAME="role"', true],
    ['name="ro\\"le"', false],
    ['name="ro\\le"', false],
    ['name="%72ole"', false],
    ['name=" role"', false],
    ['name="role\0"', false],
    ['name="ROLE"', false],
    ['name=""', false],
    ["name*=UTF-8''role", false],
    ['x="; name=role"', false],
    ['name="x"; name="role"', false],
    ['name="role"; name="x"', true],
    ['xname="role"', false],
    ["name='role'", false],
  ])('%s', async (parameters, isRole) => {
    expect(await post(part(parameters, 'E') + END)).toEqual(seen(isRole ? { role: ['E'] } : {}));
  });

  test.each([
    ['content-disposition:form-data;name="role"', true],
    ['CONTENT-DISPOSITION: FORM-DATA; name="role"', true],
    ['Content-Disposition : form-data; name="role"', true],
    ['X: y\r\nContent-Disposition: form-data; name="role"', true],
    ['Content-Disposition: form-data;\r\n name="role"', true],
    ['Content-Type: text/plain; charset=ISO-8859-1\r\nContent-Disposition: form-data; name="role"', true],
    ['Content-Transfer-Encoding: base64\r\nContent-Disposition: form-data; name="role"', true],
    ['no header\r\nContent-Disposition: form-data; name="role"', true],
    ['Content-Disposition: form-data; name="role"\r\nContent-Disposition: form-data; name="text"', true],
    ['Content-Disposition: attachment; name="role"', false],
    ['Content-Disposition: form-datax; name="role"', false],
    ['Content-Disposition; form-data; name="role"', false],
    ['X-Content-Disposition: form-data; name="role"', false],
    ['Content-Type: text/plain; name="role"', false],
    ['', false],
  ])('the headers %j', async (headers, isRole) => {
    const lines = headers === '' ? '' : `${headers}\r\n`;
    expect(await post(`--b\r\n${lines}\r\nE\r\n${END}`)).toEqual(seen(isRole ? { role: ['E'] } : {}));
  });
});

describe('parts of one name', () => {
  test.each([
    ['texts are repeats', role + part('name="role"', 'F,G'), { role: ['E', 'F,G'] }],
    ['a single text is split', part('name="role"', ' E , F,'), { role: ['E', 'F'] }],
    ['an empty text is there', part('name="role"', '') + part('name="text"', ''), { role: [], text: '' }],
    [
      'of files the first counts',
      part('name="f"; filename="x"', '1') + part('name="f"; filename="y"', '2'),
      { files: { f: ['x', '1'] } },
    ],
    ['an empty file is one', part('name="f"; filename="x"', ''), { files: { f: ['x', ''] } }],
    ['a file is no text', role + part('name="role"; filename="x"', 'F'), { role: ['E'], files: { role: ['x', 'F'] } }],
    ['no form is read in a text', part('name="role"', 'E&role=F%2B+'), { role: ['E&role=F%2B+'] }],
    ['of access tokens the query is first', part('name="accessTokenId"', 'z') + role, { role: ['E'] }],
  ])('%s', async (_, parts, fields) => {
    expect(await post(parts + END)).toEqual(seen(fields));
  });

  test('a text that is no UTF-8 is refused, a file is not', async () => {
    const fault = refused('Parameter "text" holds ill-formed Unicode');
    expect(await post(part('name="text"', '\xe9') + END)).toEqual(fault);
    expect(await post(part('name="f"; filename="x"', '\xe9\0\xff') + END)).toEqual(file('x', '\xe9\0\xff'));
  });
});

describe('contents', () => {
  test.each([
    ...[
      '\r\n',
      'a\r\n',
      'a\r\n\r\n',
      '\r\n\r\na',
      '\n--b\n',
      '\r--b\r',
      'a\r',
      '-',
      '--',
      '\r\n-',
      '\r\n--',
      '\r\n--a',
      '\r\n-b',
    ],
    ...['a--b', 'a--b--', 'x\r\n --b', 'x\r\n---b', '\r\n\r\n--B', '\r\n--\r\nb', `${form}name="role"`, '\0\xff'],
  ])('%j stays as it is', async (content) => {
    expect(await post(part('name="f"; filename="x"', content) + role + END)).toEqual(
      seen({ role: ['E'], files: { f: ['x', content] } }),
    );
  });

  test.each(['\r\n--bc', '\r\n--b c', '\r\n--b-', '\r\n--bc\r\n\r\nd'])(
    'a line that begins with the delimiter and goes on is none: %j',
    async (content) => {
      expect(await post(part('name="f"; filename="x"', content) + END)).toEqual(unreadable);
    },
  );

  test('a delimiter right behind the headers ends a part without content', async () => {
    const body = `--b\r\n${form}name="f"; filename="x"\r\n\r\n${role}${END}`;
    expect(await post(body)).toEqual(seen({ role: ['E'], files: { f: ['x', ''] } }));
  });

  test('a delimiter within a longer one is told from it only by the whole line', async () => {
    const long = `--bb\r\n${form}name="role"\r\n\r\na\r\n--b\r\n\r\n--bb--`;
    expect(await post(long, withBoundary('bb'))).toEqual(seen({ role: ['a\r\n--b'] }));
    expect(await post(long, withBoundary('b'))).toEqual(unreadable);
  });
});

describe('around the parts', () => {
  test.each([
    ['an empty line before', `\r\n${role}${END}`],
    ['a preamble', `hello --b\r\n--a\r\n${role}${END}`],
    ['an epilogue', `${role}--b--\r\nbye\r\n${part('name="role"', 'F')}${END}`],
    ['an epilogue on the line of the end', `${role}--b--bye`],
    ['blanks after a delimiter', `--b \t\r\n${form}name="role"\r\n\r\nE\r\n--b-- \t`],
    ['an empty part before', `--b\r\n\r\n\r\n${role}${END}`],
  ])('%s is passed over', async (_, body) => {
    expect(await post(body)).toEqual(seen({ role: ['E'] }));
  });

  test.each([
    ['nothing', ''],
    ['blanks', ' \r\n'],
    ['line feeds alone', (role + END).replaceAll('\r', '')],
    ['carriage returns alone', (role + END).replaceAll('\n', '')],
    ['a line feed after the headers', `--b\r\n${form}name="role"\n\nE\r\n${END}`],
    ['no headers and no empty line', `--b\r\nE\r\n${END}`],
    ['another letter case', (role + END).replaceAll('--b', '--B')],
    ['delimiters without their hyphens', (role + END).replaceAll('--b', 'b')],
    ['another end', `${role}--b-\r\n`],
  ])('%s is no body', async (_, body) => {
    expect(await post(body)).toEqual(unreadable);
  });

  test.each([
    ['the end alone', END],
    ['a preamble and the end', `hello${role}${END}`],
  ])('%s is a body of no parts', async (_, body) => {
    expect(await post(body)).toEqual(seen());
  });
});

describe('boundaries', () => {
  test.each([
    ['b', 'b'],
    ['"b"', 'b'],
    ['"a b  c"', 'a b  c'],
    ['"a;b=c"', 'a;b=c'],
    ['"a\\"b"', 'a"b'],
    ['b; charset=UTF-8', 'b'],
    ['b ; x', 'b'],
    ['b; boundary=c', 'b'],
    ["'()+_,-./:=?", "'()+_,-./:=?"],
    ['y'.repeat(70), 'y'.repeat(70)],
    [`"${' '.repeat(69)}y"`, `${' '.repeat(69)}y`],
  ])('%s', async (parameter, boundary) => {
    expect(await post((role + END).replaceAll('--b', `--${boundary}`), withBoundary(parameter))).toEqual(
      seen({ role: ['E'] }),
    );
  });

  test.each(['y'.repeat(71), `"${'y'.repeat(70)} "`])('%s is too long', async (parameter) => {
    const message = 'The boundary of the multipart body is longer than 70 characters';
    expect(await post((role + END).replaceAll('--b', `--${parameter}`), withBoundary(parameter))).toEqual(
      refused(message),
    );
  });

  test.each([
    ...['multipart/form-data', 'multipart/form-data;', withBoundary(''), withBoundary('""'), withBoundary('"b')],
    ...['multipart/form-data; xboundary=b'],
  ])('there is none in %j', async (type) => {
    expect(await post(role + END, type)).toEqual(unreadable);
  });

  test.each(['multipart/mixed; boundary=b', 'multipart/form-data boundary=b', 'x-multipart/form-data; boundary=b'])(
    '%s is not read',
    async (type) => {
      expect(await post(role + END, type)).toEqual(seen());
    },
  );
});

describe('cut off', () => {
  const bytes = '\x89PNG\r\n--\r\n';
  const parts: readonly (readonly [text: string, fields: object])[] = [
    [part('name="text"', 'a\r\nb'), { text: 'a\r\nb' }],
    [part('name="f"; filename="\xc3\xbc.png"\r\nContent-Type: image/png', bytes), { files: { f: ['ü.png', bytes] } }],
    [role, { role: ['E'] }],
    ['--b--', {}],
  ];
  const whole = parts.map(([text]) => text).join('');

  /** What is left from this place on: the parts whose delimiters are, with the line end before them or at the very start. */
  function fieldsFrom(at: number): object | undefined {
    let start = 0;
    let fields: object | undefined;
    for (const [text, ofPart] of parts) {
      if (at === start || at <= start - 2) fields = { ...fields, ...ofPart };
      start += text.length;
    }
    return fields;
  }

  test('any beginning of it is refused, so that no part of it is taken for a whole one', async () => {
    for (let length = 0; length < whole.length; length += 1)
      expect([length, await post(whole.slice(0, length))]).toEqual([length, unreadable]);
  });

  test('any end of it has the parts that are whole in it', async () => {
    for (let at = 0; at <= whole.length; at += 1) {
      const fields = fieldsFrom(at);
      expect([at, await post(whole.slice(at))]).toEqual([at, fields ? seen(fields) : unreadable]);
    }
  });

  test('without any one of its bytes it is read or refused', async () => {
    for (let at = 0; at < whole.length; at += 1) {
      const { status } = await post(whole.slice(0, at) + whole.slice(at + 1));
      expect([at, [200, 400].includes(status)]).toEqual([at, true]);
    }
  });
});
