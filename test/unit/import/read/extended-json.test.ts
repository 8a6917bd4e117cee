import type { JsonObject } from '../../../../functions/shared/domain/values/json.ts';
import { readJson } from '../../../../lib/import/read/json-file.ts';
import { isUnreadable } from '../../../../lib/import/read/source.ts';
import { byteFile, flat } from '../../../support/byte-files.ts';

interface Plain {
  readonly value: unknown;
  readonly odd: readonly string[];
}

/** A value of a document in plain JSON, as text where it is a number that no double holds. */
async function plain(written: string): Promise<Plain> {
  const [read] = await flat(readJson(byteFile('p.json', `{"v":${written}}`), undefined));
  if (read === undefined || isUnreadable(read)) return { value: read?.reason, odd: ['unreadable'] };
  const { v = 'absent' }: JsonObject = read.value;
  return { value: JSON.parse(JSON.stringify(v)), odd: read.oddities.map(({ kind, field }) => `${field}: ${kind}`) };
}

test.each([
  ['{"$oid":"57E193D7A9CC81B4027498B5"}', '57e193d7a9cc81b4027498b5'],
  ['{"$date":"2017-05-24T15:28:13.000Z"}', 1_495_639_693_000],
  ['{"$date":"2017-05-24T15:28:13.000+0000"}', 1_495_639_693_000],
  ['{"$date":"2017-05-24T11:28:13.000-04:00"}', 1_495_639_693_000],
  ['{"$date":"2017-05-24T15:28:13Z"}', 1_495_639_693_000],
  ['{"$date":"2016-02-29T00:00:00.000Z"}', 1_456_704_000_000],
  ['{"$date":"1969-12-31T23:59:59.999Z"}', -1],
  ['{"$date":"+012345-01-02T03:04:05.006Z"}', Date.UTC(12345, 0, 2, 3, 4, 5, 6)],
  ['{"$date":1495639693000}', 1_495_639_693_000],
  ['{"$date":{"$numberLong":"-62135596800000"}}', -62_135_596_800_000],
  ['{"$numberInt":"7"}', 7],
  ['{"$numberLong":"7"}', 7],
  ['{"$numberLong":7}', 7],
  ['{"$numberDouble":"-1.5E-3"}', -0.0015],
  ['{"$numberDouble":"1.0"}', 1],
  ['{"$numberDecimal":"1E+3"}', 1000],
  ['{"$binary":{"base64":"AQI=","subType":"00"}}', 'AQI='],
  ['{"$binary":"AQI=","$type":"00"}', 'AQI='],
  ['{"$type":0,"$binary":"AQI="}', 'AQI='],
  ['{"$binary":{"base64":"AQI=","subType":"02"}}', 'AQI='],
  ['{"$binary":{"base64":"o0w498Or7cijeBSpkquNtg==","subType":"04"}}', 'a34c38f7-c3ab-edc8-a378-14a992ab8db6'],
  ['{"$binary":"o0w498Or7cijeBSpkquNtg==","$type":"03"}', 'c8edabc3-f738-4ca3-b68d-ab92a91478a3'],
  ['{"$uuid":"A34C38F7-C3AB-EDC8-A378-14A992AB8DB6"}', 'a34c38f7-c3ab-edc8-a378-14a992ab8db6'],
  ['{"$symbol":"s"}', 's'],
  ['{"$undefined":true}', 'absent'],
  ['[{"$undefined":true},null,1]', [null, null, 1]],
  ['null', null],
])('%s is %j, and nothing is odd about it', async (written, value) => {
  expect(await plain(written)).toEqual({ value, odd: [] });
});

test.each([
  ['{"$date":"24/05/2017"}', '24/05/2017', 'a date that is none was made text'],
  ['{"$date":"2017-02-30T00:00:00.000Z"}', '2017-02-30T00:00:00.000Z', 'a date that is none was made text'],
  ['{"$date":{"$numberLong":"8640000000000001"}}', '8640000000000001', 'a date that is none was made text'],
  ['{"$date":9223372036854775807}', '9223372036854775807', 'a date that is none was made text'],
  ['{"$date":null}', 'null', 'a date that is none was made text'],
  ['{"$oid":"xyz"}', 'xyz', 'an ObjectId that is none was made text'],
  ['{"$numberDouble":"NaN"}', 'NaN', 'a number that is none (NaN, Infinity) was made text'],
  ['{"$numberDouble":1e999}', 'Infinity', 'a number that is none (NaN, Infinity) was made text'],
  ['{"$numberDouble":"-Infinity"}', '-Infinity', 'a number that is none (NaN, Infinity) was made text'],
  ['{"$numberDecimal":"1E+6000"}', '1E+6000', 'a number that is too large, or too near to 0, was made text'],
  ['{"$numberDecimal":"1E-6000"}', '1E-6000', 'a number that is too large, or too near to 0, was made text'],
  ['{"$binary":"AQI=","$type":"80"}', 'AQI=', 'binary data of an unusual kind were made text'],
  ['{"$binary":"AQI=","$type":"04"}', 'AQI=', 'binary data of an unusual kind were made text'],
  ['{"$uuid":"no"}', 'no', 'a UUID that is none was made text'],
  ['{"$regex":"^a","$options":"i"}', '^a', 'a regular expression was made text, its options left out'],
  [
    '{"$regularExpression":{"pattern":"^a","options":"i"}}',
    '^a',
    'a regular expression was made text, its options left out',
  ],
  ['{"$timestamp":{"t":42,"i":1}}', 'Timestamp(42, 1)', 'a timestamp was made text'],
  ['{"$code":"f()","$scope":{"a":1}}', 'f()', 'code was made text'],
  ['{"$minKey":1}', 'MinKey', 'a MinKey or MaxKey was made text'],
  [
    '{"$ref":"c","$id":{"$oid":"57e193d7a9cc81b4027498b1"}}',
    'c/57e193d7a9cc81b4027498b1',
    'a reference to another document was made text',
  ],
  ['{"$ref":"c","$id":7,"$db":"d"}', 'c/7', 'a reference to another document was made text'],
])('%s is the text %j, which is said', async (written, value, kind) => {
  expect(await plain(written)).toEqual({ value, odd: [`v: ${kind}`] });
});

test.each([
  '{"$date":1,"x":2}',
  '{"$oid":7}',
  '{"$numberLong":"0x10"}',
  '{"$other":1}',
  '{"$undefined":false}',
  '{"$regex":"a"}',
  '{}',
])('%s is an object of its own', async (written) =>
  expect(await plain(written)).toEqual({ value: JSON.parse(written), odd: [] }),
);

test('the field is said as it stands in the document', async () => {
  expect(await plain('{"a":[1,{"b":{"$minKey":1}}]}')).toEqual({
    value: { a: [1, { b: 'MinKey' }] },
    odd: ['v.a.1.b: a MinKey or MaxKey was made text'],
  });
});

test('a number beyond all doubles is text', async () => {
  expect(await plain('[1e400]')).toEqual({
    value: ['Infinity'],
    odd: ['v.0: a number that is none (NaN, Infinity) was made text'],
  });
});

test.each([
  ['an unclosed form', `ObjectId("${'x'.repeat(50_000)}"`],
  ['blanks without an end', `NumberLong(${' '.repeat(50_000)}`],
  ['a long text with escapes', `"${'\\n'.repeat(4_000_000)}", b`],
])('%s is refused at once', async (_, written) => expect((await plain(written)).odd).toEqual(['unreadable']));

test('long numbers keep their digits', async () => {
  const [read] = await flat(
    readJson(byteFile('p.json', '{"a":{"$numberLong":"9007199254740993"},"b":{"$numberDecimal":"1.10"}}'), undefined),
  );
  expect(JSON.stringify(read && 'value' in read && read.value)).toBe('{"a":9007199254740993,"b":1.10}');
});

test.each([
  ['ObjectId("57e193d7a9cc81b4027498b5")', '57e193d7a9cc81b4027498b5'],
  ['ISODate("2017-05-24T15:28:13Z")', 1_495_639_693_000],
  ['new Date("2017-05-24")', 1_495_584_000_000],
  ['new Date(1495639693000)', 1_495_639_693_000],
  ['Date(-1)', -1],
  ['NumberLong(7)', 7],
  ['NumberLong("7")', 7],
  ['NumberInt( "3" )', 3],
  ['NumberDecimal("1.5")', 1.5],
  ['BinData(0,"AQI=")', 'AQI='],
  ['UUID("a34c38f7-c3ab-edc8-a378-14a992ab8db6")', 'a34c38f7-c3ab-edc8-a378-14a992ab8db6'],
  ['undefined', 'absent'],
  ['[ObjectId("57e193d7a9cc81b4027498b5"), "ISODate(\\"x\\")"]', ['57e193d7a9cc81b4027498b5', 'ISODate("x")']],
])('the shell writes %s', async (written, value) => expect(await plain(written)).toEqual({ value, odd: [] }));

test('the shell writes odd values, too', async () => {
  expect(await plain('Timestamp(42, 1)')).toMatchObject({ value: 'Timestamp(42, 1)' });
  expect(await plain('NaN')).toMatchObject({ value: 'NaN' });
  expect(await plain('-Infinity')).toMatchObject({ value: '-Infinity' });
});

test.each(['Foo("x")', 'ObjectId(7)', 'NumberLong()', 'new Date()', 'BinData("x")', "ISODate('x')"])(
  'nobody reads %s',
  async (written) => {
    expect(await plain(written)).toEqual({
      value: expect.stringMatching(/^is no JSON at line 1, column \d+: write it with mongoexport$/),
      odd: ['unreadable'],
    });
  },
);
