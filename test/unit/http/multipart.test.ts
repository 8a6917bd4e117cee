import { Busboy } from '@fastify/busboy';
import fc from 'fast-check';
import { boundaryOf, type Part, partsOf } from '../../../functions/shared/http/multipart.ts';

const boundary = 'abcdefghijklmnopqrstuvwxyz0123456789';
const type = `multipart/form-data; boundary=${boundary}`;
const part = (headers: string, content: string) => `--${boundary}\r\n${headers}\r\n\r\n${content}\r\n`;
const end = `--${boundary}--\r\n`;
const text = 'Content-Disposition: form-data; name="a"';
const file = 'Content-Disposition: form-data; name="a"; filename="x.png"';

type Simple = readonly [name: string, fileName: string | undefined, content: string];
const simple = (parts: readonly Part[] | undefined) =>
  parts?.map(({ name, fileName, bytes }): Simple => [name, fileName, bytes.toString('utf8')]);
const read = (body: string, contentType = type) => simple(partsOf(Buffer.from(body), boundaryOf(contentType)));

test('reads headers that are no UTF-8 as Latin-1', () => {
  const named = (name: string) => part(`Content-Disposition: form-data; name="a"; filename="${name}.png"`, 'PNG');
  const body = Buffer.from(named('caf\xe9') + named('caf\xe8') + end, 'latin1');
  expect(simple(partsOf(body, boundaryOf(type)))?.map(([, fileName]) => fileName)).toEqual(['café.png', 'cafè.png']);
  expect(read(named('café €') + end)?.map(([, fileName]) => fileName)).toEqual(['café €.png']);
});

test('reads what the Java client sends', () => {
  const parameter = (name: string, value: string) =>
    part(
      `Content-Disposition: form-data; name="${name}"\r\nContent-Type: text/plain;charset=UTF-8\r\nContent-Transfer-Encoding: 8bit`,
      value,
    );
  const upload = part(
    'Content-Disposition: form-data; name="attachment"; filename="upload_123.tmp"\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary',
    'PNG',
  );
  expect(read(parameter('accessTokenId', 'token') + parameter('filename', 'Jürgen.png') + upload + end)).toEqual([
    ['accessTokenId', undefined, 'token'],
    ['filename', undefined, 'Jürgen.png'],
    ['attachment', 'upload_123.tmp', 'PNG'],
  ]);
});

test.each([
  ['a text', `${text}`, undefined],
  ['a file', `${file}`, 'x.png'],
  ['a content type before', `Content-Type: image/png\r\n${file}`, 'x.png'],
  ['lower case', 'content-disposition: form-data; name="a"; filename="x.png"', 'x.png'],
  ['mixed case', 'CONTENT-DISPOSITION: Form-Data; Name="a"; FileName="x.png"', 'x.png'],
  ['no quotes', 'Content-Disposition: form-data; name=a; filename=x.png', 'x.png'],
  ['no spaces', 'Content-Disposition:form-data;name="a";filename="x.png"', 'x.png'],
  ['a semicolon at the end', `${file};`, 'x.png'],
  ['further parameters', 'Content-Disposition: form-data; name="a"; size=3; filename="x.png"', 'x.png'],
  ['a folded header', 'Content-Disposition: form-data;\r\n\tname="a";\r\n filename="x.png"', 'x.png'],
  ['an empty file name', 'Content-Disposition: form-data; name="a"; filename=""', ''],
  ['UTF-8 in the file name', 'Content-Disposition: form-data; name="a"; filename="€ 😀.png"', '€ 😀.png'],
  ['a semicolon in the file name', 'Content-Disposition: form-data; name="a"; filename="x;y=z.png"', 'x;y=z.png'],
  ['a quote in the file name', 'Content-Disposition: form-data; name="a"; filename="x\\"y.png"', 'x"y.png'],
  ["a browser's quote in the file name", 'Content-Disposition: form-data; name="a"; filename="x%22y.png"', 'x"y.png'],
  ['folders of Windows', 'Content-Disposition: form-data; name="a"; filename="C:\\dir\\x.png"', 'C:\\dir\\x.png'],
  ['filename* beside', `${file}; filename*=UTF-8''%e2%82%ac.png`, '€.png'],
  [
    'filename* before',
    `Content-Disposition: form-data; name="a"; filename*=utf-8'en'%41.png; filename="x.png"`,
    'A.png',
  ],
  ['filename* alone', `Content-Disposition: form-data; name="a"; filename*=UTF-8''%e2%82%ac.png`, '€.png'],
  ['a broken filename*', `${file}; filename*=UTF-8''%zz.png`, 'x.png'],
  ['only a broken filename*', `Content-Disposition: form-data; name="a"; filename*=UTF-8''%zz.png`, ''],
  ['the same parameter twice', `${file}; filename="y.png"; name="b"`, 'x.png'],
])('takes a part with %s', (_, headers, fileName) => {
  expect(read(part(headers, 'content') + end)).toEqual([['a', fileName, 'content']]);
});

test.each([
  ['a preamble and an epilogue', `hello\r\n${part(text, 'content')}${end}good\r\nbye`],
  ['an empty line before', `\r\n${part(text, 'content')}${end}`],
  ['no line end after the last delimiter', `${part(text, 'content')}--${boundary}--`],
  ['spaces after a delimiter', `--${boundary} \t\r\n${text}\r\n\r\ncontent\r\n${end}`],
])('takes a body with %s', (_, body) => {
  expect(read(body)).toEqual([['a', undefined, 'content']]);
});

test.each([
  ['quotes', `multipart/form-data; boundary="${boundary}"`],
  ['other parameters', `Multipart/Form-Data; charset="utf-8";Boundary=${boundary}; x=y`],
])('takes a boundary with %s', (_, contentType) => {
  expect(read(part(text, 'content') + end, contentType)).toEqual([['a', undefined, 'content']]);
});

test.each(['x', "'()+_,-./:=?", '----WebKitFormBoundary7MA4YWxkTrZu0gW', 'y'.repeat(70)])(
  'takes the boundary %s',
  (given) => {
    const body = `--${given}\r\n${text}\r\n\r\ncontent\r\n--${given}--`;
    expect(read(body, `multipart/form-data; boundary="${given}"`)).toEqual([['a', undefined, 'content']]);
  },
);

test.each(['', '\r\n', '\r\n--', `x--${boundary}`, `x--${boundary}--`, '\0\r\n\r\n\0', `\r\n--${boundary.slice(1)}`])(
  'keeps the content %j',
  (content) => {
    expect(read(part(text, content) + end)).toEqual([['a', undefined, content]]);
  },
);

test('an empty content may lack its own line end', () => {
  expect(read(`--${boundary}\r\n${text}\r\n\r\n--${boundary}--`)).toEqual([['a', undefined, '']]);
});

test.each([
  ['without a name', 'Content-Disposition: form-data; filename="x.png"'],
  ['of another disposition', 'Content-Disposition: attachment; name="a"'],
  ['without a disposition', 'Content-Type: text/plain'],
])('leaves out a part %s', (_, headers) => {
  expect(read(part(headers, 'x') + part(text, 'y') + end)).toEqual([['a', undefined, 'y']]);
});

test('a body of no parts has none', () => {
  expect(read(end)).toEqual([]);
});

test.each([
  ['nothing', ''],
  ['no delimiter', 'content'],
  ['another boundary', (part(text, 'content') + end).replaceAll(boundary, 'other')],
  ['no last delimiter', part(text, 'content')],
  ['a cut content', `--${boundary}\r\n${text}\r\n\r\ncont`],
  ['a cut header', `--${boundary}\r\n${text}`],
  ['no empty line after the headers', `--${boundary}\r\n${text}\r\n${end}`],
  ['bare line feeds', (part(text, 'content') + end).replaceAll('\r\n', '\n')],
  ['a delimiter that goes on', part(text, 'content').replace(boundary, `${boundary}0`) + end],
  ['headers without end', part(`${text}\r\n${'x: y\r\n'.repeat(10_000)}z: z`, 'content') + end],
])('is no multipart body: %s', (_, body) => {
  expect(read(body)).toBeUndefined();
});

test.each(['multipart/form-data', 'multipart/form-data; boundary=', 'multipart/form-data; boundary=""'])(
  'is no multipart body of the type %j',
  (contentType) => {
    expect(read(part(text, 'content') + end, contentType)).toBeUndefined();
  },
);

describe('any parts', () => {
  const quoted = (name: string) => name.replace(/[\\"]/g, '\\$&');
  const name = fc
    .string({ unit: 'binary' })
    .filter((given) => given.isWellFormed() && !/[\r\n]/.test(given) && !given.includes('%22'));
  const content = fc
    .array(fc.oneof(fc.constantFrom('\r\n', '--', boundary, '\0'), fc.string()))
    .map((pieces) => Buffer.from(pieces.join('')))
    .filter((bytes) => !`\r\n${bytes}`.includes(`\r\n--${boundary}`));
  const bytes = fc.oneof(
    content,
    fc.uint8Array().map((array) => Buffer.from(array)),
  );
  const anyPart = fc.record({ name, fileName: fc.option(name, { nil: undefined }), bytes });

  test('come back as they were', () => {
    fc.assert(
      fc.property(fc.array(anyPart), (parts) => {
        const body = parts.flatMap(({ name, fileName, bytes }) => {
          const suffix = fileName === undefined ? '' : `; filename="${quoted(fileName)}"`;
          const headers = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(name)}"${suffix}\r\n\r\n`;
          return [Buffer.from(headers), bytes, Buffer.from('\r\n')];
        });
        expect(partsOf(Buffer.concat([...body, Buffer.from(end)]), boundaryOf(type))).toEqual(parts);
      }),
    );
  });

  test('of a browser come back as they were', async () => {
    const wellFormed = fc.string({ unit: 'grapheme', minLength: 1 }).filter((given) => !/[\r\n"]|%22/.test(given));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(wellFormed, wellFormed, fc.uint8Array())), async (files) => {
        const form = new FormData();
        for (const [name, fileName, bytes] of files) form.append(name, new Blob([new Uint8Array(bytes)]), fileName);
        const answer = new Response(form);
        const body = Buffer.from(await answer.arrayBuffer());
        const parts = partsOf(body, boundaryOf(answer.headers.get('content-type') ?? ''));
        expect(parts).toEqual(files.map(([name, fileName, bytes]) => ({ name, fileName, bytes: Buffer.from(bytes) })));
      }),
      { numRuns: 50 },
    );
  });
});

describe('any bytes', () => {
  const pieces = fc.constantFrom(
    '\r\n',
    '\r\n\r\n',
    '\n',
    '--',
    boundary,
    `--${boundary}`,
    `\r\n--${boundary}\r\n`,
    `\r\n--${boundary}--`,
    text,
    file,
    "; filename*=UTF-8''%",
    '"',
    '\\',
    '\0',
    '\xff',
  );
  const body = fc
    .array(fc.oneof({ weight: 3, arbitrary: pieces }, fc.string({ unit: 'binary' })), { maxLength: 30 })
    .map((given) => Buffer.from(given.join(''), 'latin1'));

  test('give parts that are in them, or nothing', () => {
    const anyBody = fc.oneof(
      body,
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    );
    const anyType = fc.oneof(
      fc.constant(type),
      fc.string().map((given) => `multipart/form-data; boundary=${given}`),
    );
    fc.assert(
      fc.property(anyBody, anyType, (given, contentType) => {
        for (const { bytes } of partsOf(given, boundaryOf(contentType)) ?? []) expect(given.includes(bytes)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  /** The same names and contents as read by a library, where that takes the body at all. */
  const byLibrary = (bytes: Buffer) =>
    new Promise<Simple[] | undefined>((resolve) => {
      const found: Simple[] = [];
      const busboy = new Busboy({ headers: { 'content-type': type }, preservePath: true });
      busboy.on('field', (name, value) => found.push([name, undefined, value]));
      busboy.on('file', (name, stream, fileName) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk) => chunks.push(chunk));
        stream.on('end', () => found.push([name, fileName, Buffer.concat(chunks).toString('utf8')]));
      });
      busboy.on('error', () => resolve(undefined));
      busboy.on('finish', () => resolve(found));
      busboy.end(bytes);
    });

  test('of whole parts are read as a library reads them', async () => {
    // The library tells of a file later than of a text.
    const sorted = (parts: readonly Simple[] | undefined) =>
      parts?.toSorted((a, b) => Number(a[1] === undefined) - Number(b[1] === undefined));
    const whole = fc
      .array(fc.tuple(fc.constantFrom(text, file, `X: y\r\n${file}`), fc.string({ unit: 'binary-ascii' })), {
        minLength: 1,
      })
      .map((parts) => parts.map(([headers, content]) => part(headers, content)).join('') + end);
    await fc.assert(
      fc.asyncProperty(whole, async (given) => {
        expect(sorted(read(given))).toEqual(sorted(await byLibrary(Buffer.from(given))));
      }),
    );
  });
});

test.each([
  ['one large file', part(file, 'b'.repeat(6_000_000)) + end],
  ['line ends', part(file, '\r\n--'.repeat(1_500_000)) + end],
  ['near delimiters', part(file, `\r\n--${boundary.slice(0, -1)}`.repeat(150_000)) + end],
  ['thousands of parts', part(text, 'b').repeat(50_000) + end],
  ['delimiters', `--${boundary}\r\n`.repeat(150_000) + end],
  ['parameters', part(`${text}${'; a="'.repeat(3_000)}`, 'b').repeat(250) + end],
  ['spaces', part(`${text};${' '.repeat(15_000)}`, 'b').repeat(250) + end],
  ['backslashes', part(`Content-Disposition: form-data; name="${'\\'.repeat(15_000)}`, 'b').repeat(250) + end],
])('reads a long body of %s in one go', (_, body) => {
  expect(() => partsOf(Buffer.from(body), boundaryOf(type))).not.toThrow();
});
