import fc from 'fast-check';
import { readJson } from '../../../../lib/import/read/json-file.ts';
import { isUnreadable } from '../../../../lib/import/read/source.ts';
import { byteFile, flat, told } from '../../../support/byte-files.ts';

const read = (content: string | Uint8Array, key?: string) =>
  told(readJson(byteFile('profile.json', content), key === undefined ? undefined : (one) => one === key));

test.each([
  ['a document a line', '{"a":1}\n{"a":2}\n'],
  ['the last line without an end', '{"a":1}\n{"a":2}'],
  ['blank lines', '\n\n{"a":1}\n  \n{"a":2}\n\n'],
  ['lines of Windows', '{"a":1}\r\n{"a":2}\r\n'],
  ['a byte order mark', '\ufeff{"a":1}\n{"a":2}'],
  ['one list', '[{"a":1},{"a":2}]'],
  ['a list with a document a line', '[{"a":1},\n{"a":2}]\n'],
  ['a comma after the last one', '[{"a":1},{"a":2},]'],
  ['documents over several lines', '{\n\t"a": 1\n}\n{\n\t"a": 2\n}\n'],
  ['documents without anything between them', '{"a":1}{"a":2}'],
  ['two lists', '[{"a":1}]\n[{"a":2}]'],
])('%s: all documents are read', async (_, content) => {
  expect(await read(content)).toEqual([{ a: 1 }, { a: 2 }]);
});

test('an empty file and an empty list hold no documents', async () => {
  expect(await read('')).toEqual([]);
  expect(await read(' \n')).toEqual([]);
  expect(await read('[]')).toEqual([]);
});

test('of an object with lists, those of one name are read, wherever they stand', async () => {
  const seed =
    '{"n":[1,{"x":[]}],"tenant":[{"a":0}],"text":"}","profile":[{"a":1},{"a":[{"b":"]"}]}],"profile":[{"a":3}]}';
  expect(await read(seed, 'profile')).toEqual([{ a: 1 }, { a: [{ b: ']' }] }, { a: 3 }]);
  expect(await read(seed, 'tenant')).toEqual([{ a: 0 }]);
  expect(await read(seed, 'ticket')).toEqual([]);
});

test('the place of a document is the line that it begins in, and the column where it is not the first', async () => {
  const all = await flat(readJson(byteFile('p.json', '\n{"a":1}\n{\n"a":2}{"a":3}'), undefined));
  expect(all.map(({ file, at, number }) => [file, at, number])).toEqual([
    ['p.json', 'line 2', 1],
    ['p.json', 'line 3', 2],
    ['p.json', 'line 4, column 7', 3],
  ]);
});

test.each([
  ['single quotes', "{'a':1}", '2, line 2: is no JSON at line 2, column 2: write it with mongoexport'],
  ['a bare key', '{"b":2, a:1}', '2, line 2: is no JSON at line 2, column 9: write it with mongoexport'],
  ['a comma too many', '{"a":\n[1,]}', '2, line 2: is no JSON at line 3, column 4: write it with mongoexport'],
  ['a word', 'connected to: localhost', '2, line 2: is no JSON at line 2, column 1: there is no document'],
  ['a brace too many', '{"a":1}}', undefined],
  [
    'a brace that is missing',
    '{"a":{"b":1}',
    '2, line 2: is no JSON at line 3, column 1: a bracket or a text is not closed',
  ],
  [
    'a quote that is missing',
    '{"a":"b}',
    '2, line 2: is no JSON at line 2, column 9: a bracket or a text is not closed',
  ],
  [
    'a bracket of the wrong kind',
    '{"a":[1}',
    '2, line 2: is no JSON at line 2, column 8: a bracket or a text is not closed',
  ],
])('%s costs one document', async (_, line, reason) => {
  const all = await read(`{"a":1}\n${line}\n{"a":3}\n`);
  expect(all.at(0)).toEqual({ a: 1 });
  expect(all.at(-1)).toEqual({ a: 3 });
  if (reason !== undefined) expect(all.slice(1, -1)).toEqual([reason]);
});

test('the same in a list that has a document a line', async () => {
  expect(await read('[{"a":1},\n{"a":"2},\n{"a":3}]')).toEqual([
    { a: 1 },
    '2, line 2: is no JSON at line 2, column 10: a bracket or a text is not closed',
    { a: 3 },
  ]);
});

test('what is no document in a list costs itself alone', async () => {
  expect(await read('[1,"text",null,[{"a":1}],{"a":2}]')).toEqual([
    ...[1, 2, 3, 4].map((number) => expect.stringMatching(`^${number}, line 1, column \\d+: is no document$`)),
    { a: 2 },
  ]);
});

test('a cut-off file gives what is before', async () => {
  expect(await read('{"a":1}\n{"a":2,')).toEqual([
    { a: 1 },
    '2, line 2: is no JSON at line 2, column 8: the file ends within it; the rest of the file is not read',
  ]);
  expect(await read('{"profile":[{"a":1}', 'profile')).toEqual([
    { a: 1 },
    '2, line 1, column 20: is no JSON at line 1, column 20: the file ends within it; the rest of the file is not read',
  ]);
});

test('a list of an object that is broken is read up to there, and it is said for the lists behind it, too', async () => {
  const seed = '{"tenant":[{"a":1},{"a":"}],\n"profile":[{"a":2}]}';
  expect(await read(seed, 'tenant')).toEqual([{ a: 1 }, expect.stringContaining('the rest of the file is not read')]);
  expect(await read(seed, 'profile')).toEqual([expect.stringContaining('the rest of the file is not read')]);
});

test.each([101, 500, 20_000])('%d levels cost one document', async (levels) => {
  const deep = `{"a":${'['.repeat(levels + 1)}${']'.repeat(levels + 1)}}`;
  expect(await read(`${deep}\n{"a":1}`)).toEqual(['1, line 1: is nested deeper than 100 levels', { a: 1 }]);
});

test('an attribute of 100 levels is read', async () => {
  const deep = `{"attributes":{"a":${'['.repeat(100)}${']'.repeat(100)}}}`;
  expect(await read(deep)).toEqual([JSON.parse(deep)]);
});

test('a document above the bound costs itself alone, however the file comes', async () => {
  const content = `{"a":"${'x'.repeat(100)}"}\n{"a":1}`;
  for (let cut = 0; cut < content.length; cut++)
    expect(await told(readJson(byteFile('p.json', content, cut), undefined, undefined, 50))).toEqual([
      expect.stringMatching(/^1, line 1: is longer than \d+ bytes$/),
      { a: 1 },
    ]);
});

test('bytes that are no UTF-8 and text that is no Unicode cost one document', async () => {
  const bytes = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff]), Buffer.from('"}\n{"a":1}')]);
  expect(await read(bytes)).toEqual(['1, line 1: is no UTF-8', { a: 1 }]);
  expect(await read('{"a":"\\ud83d"}\n{"\\udc00":1}\n{"a":"\\ud83d\\ude00"}')).toEqual([
    '1, line 1: holds ill-formed Unicode',
    '2, line 2: holds ill-formed Unicode',
    { a: '😀' },
  ]);
});

test('only an ObjectId is told of a document that cannot be read', async () => {
  const id = 'a'.repeat(24);
  const all = await flat(readJson(byteFile('p.json', `{"_id":{"$oid":"${id}"},b}\n{"_id":"secret",b}`), undefined));
  expect(all.map((one) => isUnreadable(one) && one.id)).toEqual([id, undefined]);
});

test('numbers keep their digits', async () => {
  const [value] = await read('{"a":9007199254740993,"b":0.1,"c":1.10,"d":123456789012345678901234567890}');
  expect(JSON.stringify(value)).toBe('{"a":9007199254740993,"b":0.1,"c":1.10,"d":123456789012345678901234567890}');
});

test('wherever a file is cut into pieces, it holds the same', async () => {
  const content =
    '\ufeff{"a":"\\"é😀\\\\"}\r\n[{"b":[1,{"c":null}]},\n2,{"d":"x},\n{"e":-1.5e3}]\n{"f":{"f":1}\n{"g":"}{"}';
  const whole = await flat(readJson(byteFile('p.json', content), undefined));
  const length = Buffer.byteLength(content);
  for (let cut = 0; cut <= length; cut++)
    expect(await flat(readJson(byteFile('p.json', content, cut), undefined))).toEqual(whole);
  const all = Array.from({ length }, (_, index) => index);
  expect(await flat(readJson(byteFile('p.json', content, ...all), undefined))).toEqual(whole);
});

test('whatever the bytes are, they are documents or said to be none', async () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    ',',
    ':',
    '\n',
    '\\',
    'a',
    '1',
    '.',
    'e',
    ' ',
    '{"a":1}',
    '(',
    'é',
  );
  const content = fc.oneof(
    fc.array(pieces, { maxLength: 60 }).map((all) => all.join('')),
    fc.string(),
  );
  await fc.assert(
    fc.asyncProperty(content, fc.nat(60), fc.constantFrom(undefined, 'a'), async (text, cut, key) => {
      const isRead = key === undefined ? undefined : (one: string) => one === key;
      const whole = await flat(readJson(byteFile('p.json', text), isRead));
      const at = Math.min(cut, Buffer.byteLength(text));
      expect(await flat(readJson(byteFile('p.json', text, at), isRead))).toEqual(whole);
    }),
    { numRuns: 2000 },
  );
});

test('documents of any kind are what JSON says that they are', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
      fc.constantFrom('\n', ',', ' '),
      async (all, between) => {
        const text = all.map((one) => JSON.stringify(one));
        const expected = text.filter((one) => !/"\$/.test(one)).map((one) => JSON.parse(one));
        expect(await read(text.filter((one) => !/"\$/.test(one)).join(between))).toEqual(expected);
      },
    ),
  );
});

test('a long document takes as long as its bytes', async () => {
  const bytes = Buffer.concat([Buffer.from('{"a":"'), Buffer.alloc(60_000_000, 0x78), Buffer.from('"}')]);
  const cuts = Array.from({ length: 900 }, (_, index) => index * 65_536);
  const beganAt = performance.now();
  const [read] = await flat(readJson(byteFile('p.json', bytes, ...cuts), undefined));
  expect(read).toMatchObject({ number: 1, oddities: [] });
  expect(performance.now() - beganAt).toBeLessThan(5000);
});
