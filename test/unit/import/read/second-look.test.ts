import fc from 'fast-check';
import { secondLook } from '../../../../lib/import/read/second-look.ts';

const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

test('a second look finds no error in JSON, and one in everything else', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"\\u00e9"',
    '"\\x"',
    '1',
    '-0.5e7',
    '01',
    '1.',
    'true',
    'null',
    'nul',
    ' ',
    '\n',
    '"',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (all) => {
      const text = all.join('');
      expect(secondLook(text).errorAt === undefined).toBe(isJson(text));
    }),
    { numRuns: 20_000 },
  );
  fc.assert(fc.property(fc.jsonValue(), (value) => expect(secondLook(JSON.stringify(value)).errorAt).toBeUndefined()));
});

test('the error is where a reader has to stop', () => {
  expect(secondLook('{"a":1,}').errorAt).toBe(7);
  expect(secondLook('{"a" 1}').errorAt).toBe(5);
  expect(secondLook('{"a":1').errorAt).toBe(6);
  expect(secondLook('[1] 2').errorAt).toBe(4);
});

test('repeated keys have the paths of their objects', () => {
  expect(secondLook('{"a":1,"b":[0,{"c":1,"c":2,"\\u0063":3}],"a":2,"d":{"a":1}}').repeated).toEqual([
    ['b', '1', 'c'],
    ['b', '1', 'c'],
    ['a'],
  ]);
});
