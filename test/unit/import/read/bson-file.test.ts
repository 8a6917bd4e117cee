import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  DBRef,
  Decimal128,
  type Document,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  UUID,
} from 'bson';
import fc from 'fast-check';
import { readBson } from '../../../../lib/import/read/bson-file.ts';
import { isUnreadable } from '../../../../lib/import/read/source.ts';
import { byteFile, flat, told } from '../../../support/byte-files.ts';
import { bsonOf } from '../../../support/mongodump.ts';

const read = (bytes: Uint8Array) => told(readBson(byteFile('profile.bson', bytes)));
const one = Buffer.from([0x0c, 0, 0, 0, 0x10, 0x61, 0, 1, 0, 0, 0, 0]);

/** A document of one element of this type, made byte for byte. */
const element = (type: number, name: string, ...value: readonly number[]) => {
  const body = Buffer.from([type, ...Buffer.from(name), 0, ...value]);
  const size = Buffer.alloc(4);
  size.writeInt32LE(body.length + 5);
  return Buffer.concat([size, body, Buffer.of(0)]);
};

const id = new ObjectId('57e193d7a9cc81b4027498b5');

test('every type has its place in plain JSON', async () => {
  const document: Document = {
    double: new Double(1.5),
    text: 'é😀',
    object: { list: [1, null, undefined, { a: [] }], $date: 7 },
    binary: new Binary(Buffer.from([1, 2]), 0),
    old: new Binary(Buffer.from([1, 2]), 2),
    uuid: new UUID('a34c38f7-c3ab-edc8-a378-14a992ab8db6'),
    java: new Binary(Buffer.from('a34c38f7c3abedc8a37814a992ab8db6', 'hex'), 3),
    id,
    yes: true,
    no: false,
    date: new Date(-1),
    null: null,
    symbol: new BSONSymbol('s'),
    int: new Int32(-7),
    long: Long.fromString('7'),
    decimal: Decimal128.fromString('1E+3'),
  };
  const all = await flat(readBson(byteFile('profile.bson', bsonOf(document))));
  expect(all).toEqual([
    {
      file: 'profile.bson',
      at: 'byte 0',
      number: 1,
      oddities: [],
      value: {
        double: 1.5,
        text: 'é😀',
        object: { list: [1, null, null, { a: [] }], $date: 7 },
        binary: 'AQI=',
        old: 'AQI=',
        uuid: 'a34c38f7-c3ab-edc8-a378-14a992ab8db6',
        java: 'c8edabc3-f738-4ca3-b68d-ab92a91478a3',
        id: '57e193d7a9cc81b4027498b5',
        yes: true,
        no: false,
        date: -1,
        null: null,
        symbol: 's',
        int: -7,
        long: 7,
        decimal: 1000,
      },
    },
  ]);
});

test.each<[unknown, unknown, string]>([
  [Number.NaN, 'NaN', 'a number that is none (NaN, Infinity) was made text'],
  [new Double(Number.NEGATIVE_INFINITY), '-Infinity', 'a number that is none (NaN, Infinity) was made text'],
  [Decimal128.fromString('NaN'), 'NaN', 'a number that is none (NaN, Infinity) was made text'],
  [Decimal128.fromString('1E+6000'), '1E+6000', 'a number that is too large, or too near to 0, was made text'],
  [new Binary(Buffer.from([1, 2]), 0x80), 'AQI=', 'binary data of an unusual kind were made text'],
  [new BSONRegExp('^a', 'i'), '^a', 'a regular expression was made text, its options left out'],
  [new Timestamp({ t: 42, i: 1 }), 'Timestamp(42, 1)', 'a timestamp was made text'],
  [new Code('f()'), 'f()', 'code was made text'],
  [new Code('f()', { a: 1 }), 'f()', 'code was made text'],
  [new MinKey(), 'MinKey', 'a MinKey or MaxKey was made text'],
  [new MaxKey(), 'MaxKey', 'a MinKey or MaxKey was made text'],
  [new DBRef('c', id), 'c/57e193d7a9cc81b4027498b5', 'a reference to another document was made text'],
])('%p is text, which is said', async (value, text, kind) => {
  const all = await flat(readBson(byteFile('p.bson', bsonOf({ a: [{ v: value }] }))));
  expect(all).toMatchObject([{ value: { a: [{ v: text }] }, oddities: [{ kind, field: 'a.0.v' }] }]);
});

test('a DBPointer, and a date beyond all dates, are text', async () => {
  const pointer = element(12, 'p', 2, 0, 0, 0, 0x63, 0, ...id.id);
  const far = element(9, 'd', 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f);
  expect(await read(Buffer.concat([pointer, far]))).toEqual([
    { p: 'c/57e193d7a9cc81b4027498b5' },
    { d: '9223372036854775807' },
  ]);
});

test('undefined is left out of an object, and null in a list', async () => {
  const list = Buffer.from([0x0b, 0, 0, 0, 6, 0x30, 0, 10, 0x31, 0, 0]);
  expect(await read(Buffer.concat([element(6, 'u'), element(4, 'l', ...list)]))).toEqual([{}, { l: [null, null] }]);
});

test('an Int64 beyond what a double holds keeps its digits', async () => {
  const [value] = await read(bsonOf({ a: Long.fromString('9007199254740993'), b: Decimal128.fromString('1.10') }));
  expect(JSON.stringify(value)).toBe('{"a":9007199254740993,"b":1.10}');
});

test('an object is never taken for a wrapper, as types are certain', async () => {
  const value = {
    a: { $date: '2017-05-24T15:28:13.000Z' },
    b: { $oid: '57e193d7a9cc81b4027498b5' },
    c: { $ref: 'x', $id: 'y' },
  };
  expect(await read(bsonOf(value))).toEqual([value]);
});

test('keys of any kind stay, and the first of repeated ones', async () => {
  const odd = Buffer.concat([
    Buffer.from([0x1c, 0, 0, 0]),
    one.subarray(4, 11),
    Buffer.from([0x10, 0, 2, 0, 0, 0]),
    Buffer.from([0x10, 0x61, 0, 3, 0, 0, 0]),
    Buffer.from([8, 0x24, 0, 1, 0].slice(0, 4)),
    Buffer.of(0),
  ]);
  odd.writeInt32LE(odd.length);
  const all = await flat(readBson(byteFile('p.bson', odd)));
  expect(all).toMatchObject([
    {
      value: { a: 1, '': 2, $: true },
      oddities: [{ field: 'a', kind: 'a key was there more than once, the first one was taken' }],
    },
  ]);
  const proto = await read(element(16, '__proto__', 1, 0, 0, 0));
  expect(JSON.stringify(proto)).toBe('[{"__proto__":1}]');
});

test('an empty file holds no documents', async () => expect(await read(Buffer.alloc(0))).toEqual([]));

const rest = 'the rest of the file is not read';

test.each<[string, Uint8Array, string]>([
  ['cut off', one.subarray(0, 7), `2, byte 12: the file ends within a document, 7 bytes after its beginning; ${rest}`],
  [
    'cut off in a length',
    one.subarray(0, 3),
    `2, byte 12: the file ends within a document, 3 bytes after its beginning; ${rest}`,
  ],
  [
    'of a length below 5',
    Buffer.from([4, 0, 0, 0, 0]),
    `2, byte 12: is no BSON: no document has a length of 4 bytes; ${rest}`,
  ],
  [
    'of a length below 0',
    Buffer.from([0, 0, 0, 0x80, 0]),
    `2, byte 12: is no BSON: no document has a length of -2147483648 bytes; ${rest}`,
  ],
  [
    'of a length above 16 MB',
    Buffer.from([0, 0, 0, 2, 0]),
    `2, byte 12: is no BSON: no document has a length of 33554432 bytes; ${rest}`,
  ],
  [
    'of an unknown type',
    element(0x20, 'a', 1),
    `2, byte 12: is no BSON at byte 19: a type, a name or a length is wrong; ${rest}`,
  ],
  [
    'with a wrong length of a text',
    element(2, 'a', 9, 0, 0, 0, 0x61, 0),
    `2, byte 12: is no BSON at byte 19: a type, a name or a length is wrong; ${rest}`,
  ],
  [
    'with no text at all',
    element(2, 'a', 0, 0, 0, 0),
    `2, byte 12: is no BSON at byte 19: the length of a text is wrong; ${rest}`,
  ],
  [
    'without an end',
    Buffer.from([5, 0, 0, 0, 1]),
    `2, byte 12: is no BSON at byte 17: a type, a name or a length is wrong; ${rest}`,
  ],
])('before what is %s everything is read, after it nothing', async (_, bytes, reason) => {
  expect(await read(Buffer.concat([one, bytes, ...(bytes[0] === 12 ? [] : [one])]))).toEqual([{ a: 1 }, reason]);
});

test('a document that is too deep, or no UTF-8, costs itself alone', async () => {
  const deep = (levels: number) => {
    let value: Document = {};
    for (let level = 1; level < levels; level++) value = { a: value };
    return { _id: id, attributes: { v: value } };
  };
  const bytes = Buffer.concat([
    bsonOf(deep(100)),
    bsonOf(deep(101)),
    bsonOf(deep(500)),
    element(2, 'a', 2, 0, 0, 0, 0xff, 0),
    one,
  ]);
  const all = await flat(readBson(byteFile('p.bson', bytes)));
  const told = all.map((read) =>
    isUnreadable(read) ? [read.id, read.field?.split('.').length, read.reason] : read.value,
  );
  expect(told).toEqual([
    expect.objectContaining({ _id: '57e193d7a9cc81b4027498b5' }),
    ['57e193d7a9cc81b4027498b5', 102, 'is nested deeper than 100 levels'],
    ['57e193d7a9cc81b4027498b5', 102, 'is nested deeper than 100 levels'],
    [undefined, 1, 'holds text that is no UTF-8'],
    { a: 1 },
  ]);
});

test('20,000 levels cost one document', async () => {
  let bytes = Buffer.from([5, 0, 0, 0, 0]);
  const levels = 20_000;
  const parts: Buffer[] = [];
  for (let level = levels; level > 0; level--) {
    const head = Buffer.from([0, 0, 0, 0, 3, 0x61, 0]);
    head.writeInt32LE(level * 8 + 5);
    parts.push(head);
  }
  bytes = Buffer.concat([...parts, bytes, Buffer.alloc(levels)]);
  expect(await read(Buffer.concat([bytes, one]))).toEqual(['1, byte 0: is nested deeper than 100 levels', { a: 1 }]);
});

const documents = bsonOf(
  { a: 'é', b: [1, { c: new Date(0) }] },
  { d: new Binary(Buffer.alloc(300), 0) },
  { e: id, f: new Code('x', { y: 1 }) },
);

test('wherever a file is cut into pieces, it holds the same', async () => {
  const whole = await flat(readBson(byteFile('p.bson', documents)));
  for (let cut = 0; cut <= documents.length; cut++)
    expect(await flat(readBson(byteFile('p.bson', documents, cut)))).toEqual(whole);
});

test('whatever the bytes are, they are documents or said to be none', async () => {
  const changed = fc
    .tuple(fc.nat(documents.length - 1), fc.nat(255), fc.nat(documents.length))
    .map(([at, byte, length]) => {
      const bytes = Buffer.from(documents);
      bytes[at] = byte;
      return bytes.subarray(0, length);
    });
  await fc.assert(
    fc.asyncProperty(fc.oneof(changed, fc.uint8Array()), async (bytes) => {
      await flat(readBson(byteFile('p.bson', bytes)));
    }),
    { numRuns: 3000 },
  );
});
