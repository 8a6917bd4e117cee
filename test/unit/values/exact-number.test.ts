import fc from 'fast-check';
import { compareNumbers, ExactNumber, numberOf } from '../../../functions/shared/domain/values/exact-number.ts';
import { type JsonValue, parseJson } from '../../../functions/shared/domain/values/json.ts';
import { JsonText, jsonTextOf } from '../../../functions/shared/domain/values/json-text.ts';

test.each([
  ['0', '0'],
  ['-0', '0'],
  ['1.0', '1'],
  ['1.50', '1.5'],
  ['1e2', '100'],
  ['1E+2', '100'],
  ['12345678901234567890000e-4', '12345678901234567890000e-4'],
  ['9007199254740992', '9007199254740992'],
  ['18014398509481984', '18014398509481984'],
  ['0.1', '0.1'],
  ['0.5', '0.5'],
  ['5e-324', '5e-324'],
  ['1e21', '1e+21'],
  ['1e22', '1e+22'],
  ['4.940656458412465e-324', '4.940656458412465e-324'],
  ['9007199254740993', '9007199254740993'],
  ['12345678901234567890', '12345678901234567890'],
  ['-12345678901234567890', '-12345678901234567890'],
  ['0.1234567890123456789', '0.1234567890123456789'],
  ['0.10', '0.10'],
  ['0.1e1', '1'],
  ['1e23', '1e23'],
  ['1e-400', '1e-400'],
  ['1.7976931348623157e308', '1.7976931348623157e308'],
  ['1.7976931348623157e+308', '1.7976931348623157e+308'],
  [`0.${'0'.repeat(400)}1`, `0.${'0'.repeat(400)}1`],
  ['3.00000000000000000000000000000000000001', '3.00000000000000000000000000000000000001'],
])('the number %s is written %s', (source, written) => {
  expect(JSON.stringify(parseJson(`{"a":[${source}]}`))).toBe(`{"a":[${written}]}`);
});

const digits = (max: number) => fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: max });
const literal = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.bigInt({ min: 0n, max: 10n ** 30n }),
    fc.option(digits(30)),
    fc.option(fc.integer({ min: -40, max: 40 })),
  )
  .map(
    ([sign, whole, fraction, power]) =>
      `${sign}${whole}${fraction ? `.${fraction.join('')}` : ''}${power === null ? '' : `e${power}`}`,
  );

/** The exact value, times 10^80. */
function scaled(text: string): bigint {
  const [mantissa = '', power = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const value = BigInt(whole + fraction) * 10n ** BigInt(80 + Number(power) - fraction.length);
  return mantissa.startsWith('-') ? -value : value;
}

test('no number loses its value', () => {
  fc.assert(
    fc.property(literal, (source) => {
      const written = JSON.stringify(parseJson(source));
      expect(scaled(written)).toBe(scaled(source));
      expect(JSON.stringify(parseJson(written))).toBe(written);
    }),
    { numRuns: 5_000 },
  );
});

test('numbers compare by their values, however they are written', () => {
  fc.assert(
    fc.property(literal, literal, (a, b) => {
      const order = scaled(a) < scaled(b) ? -1 : scaled(a) > scaled(b) ? 1 : 0;
      expect(Math.sign(compareNumbers(numberOf(a), numberOf(b)))).toBe(order);
      expect(compareNumbers(numberOf(a), numberOf(`${a.includes('e') ? a : `${a}e0`}`))).toBe(0);
    }),
    { numRuns: 5_000 },
  );
});

test.each([
  ['12345678901234567890', '12345678901234567891', -1],
  ['0.10', '0.1', 0],
  ['-0.10', '0.1', -1],
  ['1e-400', '0', 1],
  ['-1e-400', '-1e-401', -1],
  ['-0.0000000000000000', '0', 0],
])('%s to %s: %i', (a, b, order) => {
  expect(Math.sign(compareNumbers(numberOf(a), numberOf(b)))).toBe(order);
  expect(Math.sign(compareNumbers(numberOf(b), numberOf(a)))).toBe(order === 0 ? 0 : -order);
});

test('beyond all doubles there is no number', () => {
  expect([numberOf('1e400'), numberOf(`-${'9'.repeat(400)}`)]).toEqual([
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ]);
});

test('what has no such number is read as ever', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(JSON.parse(JSON.stringify(parseJson(text)))).toEqual(JSON.parse(text));
    }),
  );
});

test('a byte order mark is skipped, one only', () => {
  expect([parseJson('\ufeff{}'), parseJson('\ufeff\ufeff{}'), parseJson(' \ufeff{}')]).toEqual([
    {},
    undefined,
    undefined,
  ]);
});

test('a text is written as it is, maps as objects, everything else as JSON.stringify does', () => {
  const number = new ExactNumber('12345678901234567890');
  const value: JsonValue = { a: [number, 'x"', null, true], b: { toJSON: 'data' } };
  expect(jsonTextOf({ value, map: new Map([['__proto__', new JsonText('[1.0]')]]), left: undefined, list: [] })).toBe(
    '{"value":{"a":[12345678901234567890,"x\\"",null,true],"b":{"toJSON":"data"}},"map":{"__proto__":[1.0]},"list":[]}',
  );
  fc.assert(fc.property(fc.jsonValue(), (any) => jsonTextOf(any) === JSON.stringify(any)));
});
