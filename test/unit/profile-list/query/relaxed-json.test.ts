import fc from 'fast-check';
import { type Json, readRelaxedJson } from '../../../../functions/shared/domain/profile-list/query/relaxed-json.ts';
import { failureOf } from './fixtures.ts';

/** Maps back to objects, with `__proto__` as a plain key. */
function plain(json: Json): unknown {
  if (json instanceof Map) {
    const object = Object.create(null);
    for (const [key, value] of json) object[key] = plain(value);
    return object;
  }
  return Array.isArray(json) ? json.map(plain) : json;
}

const read = (text: string) => JSON.stringify(plain(readRelaxedJson(text)));

test.each([
  ['bare keys', '{a: 1}', '{"a":1}'],
  ['bare dotted keys', '{attributes.prefs.tags: 1}', '{"attributes.prefs.tags":1}'],
  ['bare keys that start with $', '{$or: 1}', '{"$or":1}'],
  ['bare keys with hyphens, digits and letters of any script', '{first-name_2ö: 1}', '{"first-name_2ö":1}'],
  ['single-quoted keys and strings', "{'a b': 'x \"y\"'}", '{"a b":"x \\"y\\""}'],
  ['double-quoted keys and strings', '{"a b": "it\'s"}', '{"a b":"it\'s"}'],
  ['unicode escapes', "{a: '\\u0041\\u00e9'}", '{"a":"Aé"}'],
  ['a character in two escapes', "{a: '\\ud83d\\ude00'}", '{"a":"😀"}'],
  ['ordinary escapes', `{a: '\\'\\"\\\\\\/\\b\\f\\n\\r\\t'}`, JSON.stringify({ a: '\'"\\/\b\f\n\r\t' })],
  ['a trailing comma in an object', '{a: 1,}', '{"a":1}'],
  ['a trailing comma in a list', '[1, 2,]', '[1,2]'],
  ['the last of two equal keys', '{a: 1, b: 2, a: 3}', '{"a":3,"b":2}'],
  ['literals and numbers', '[true, false, null, -0.5, 1e3, 0]', '[true,false,null,-0.5,1000,0]'],
  ['nested objects and lists', '{a: {b: [{c: []}]}}', '{"a":{"b":[{"c":[]}]}}'],
  ['# within a string', "{a: '#'}", '{"a":"#"}'],
  ['what looks like a comment within a string', "{a: '// /* */'}", '{"a":"// /* */"}'],
  ['blanks and line breaks anywhere', ' {\n a\t: [ ] \r\n} ', '{"a":[]}'],
])('reads %s', (_what, text, expected) => {
  expect(read(text)).toBe(expected);
});

test('reads __proto__ as a key like any other', () => {
  const json = readRelaxedJson('{"__proto__": {"polluted": true}}');
  expect(json instanceof Map && [...json.keys()]).toEqual(['__proto__']);
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
});

test.each([
  ['an object that is not closed', '{'],
  ['a key without value', '{roles'],
  ['a key with colon but no value', '{email:'],
  ['a bare word as value', '{a: mara}'],
  ['undefined as value', '{a: undefined}'],
  ['a literal with letters after it', '{a: trueish}'],
  ['a comma alone', '{,}'],
  ['two commas', '[1,,2]'],
  ['a regex literal', '{a: /x/i}'],
  ['a function call', "{_id: ObjectId('66a1f0c2b7e34d0011223344')}"],
  ['a constructor', '{a: new Date()}'],
  ['a line comment', '{a: 1} // x'],
  ['a block comment', '{/* x */ a: 1}'],
  ['a # outside a string', '{a: 1} # x'],
  ['text after the end', '{a: 1} {b: 2}'],
  ['a comma after the end', '{a: 1},'],
  ['a string that is not closed', "{a: 'x}"],
  ['a string closed by the other quote', `{a: 'x"}`],
  ['half a character', "{a: '\\ud800'}"],
  ['half a character in a key', "{'\\udc00': 1}"],
  ['halves in the wrong order', "{a: '\\udc00\\ud800'}"],
  ['half a character in a list', "{a: {$in: ['x', '\\ud83d']}}"],
  ['an unknown escape', "{a: '\\d'}"],
  ['a short unicode escape', "{a: '\\u12'}"],
  ['a leading zero', '{a: 01}'],
  ['a leading plus', '{a: +1}'],
  ['a hexadecimal number', '{a: 0x10}'],
  ['a number that ends in its point', '{a: 1.}'],
  ['a number out of range', '{a: 1e999}'],
  ['a bracket closed by the other one', '{a: [1}]'],
])('refuses %s', (_what, text) => {
  expect(failureOf(() => readRelaxedJson(text))?.kind).toBe('invalidQuery');
});

test('says where it stopped', () => {
  expect(failureOf(() => readRelaxedJson('{a: 1 b: 2}'))?.message).toBe(
    'The query is not valid at character 7: expected "," or "}"',
  );
});

test('takes 100 levels and refuses 101', () => {
  const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  expect(failureOf(() => readRelaxedJson(nested(100)))).toBeUndefined();
  expect(failureOf(() => readRelaxedJson(nested(101)))?.kind).toBe('invalidQuery');
});

test('refuses 100,000 opening brackets without running out of stack', () => {
  expect(failureOf(() => readRelaxedJson('{a:'.repeat(33_333)))?.kind).toBe('invalidQuery');
});

test('refuses more than 100,000 characters', () => {
  expect(failureOf(() => readRelaxedJson(`"${'x'.repeat(99_998)}"`))).toBeUndefined();
  expect(failureOf(() => readRelaxedJson(`"${'x'.repeat(99_999)}"`))?.kind).toBe('invalidQuery');
});

test.each([
  ['escapes', `"${'\\n'.repeat(49_999)}"`],
  ['list items', `[${'1,'.repeat(49_999)}]`],
  ['equal keys', `{${'a:1,'.repeat(24_999)}}`],
  ['blanks', ' '.repeat(99_999)],
  ['digits', '9'.repeat(99_999)],
])('reads 100,000 characters of %s at once', (_what, text) => {
  const startMs = performance.now();
  failureOf(() => readRelaxedJson(text));
  expect(performance.now() - startMs).toBeLessThan(2_000);
});

test('reads every JSON text to what it stands for', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), (text) => {
      expect(read(text)).toBe(JSON.stringify(JSON.parse(text)));
    }),
  );
});

test('reads JSON the same with single quotes, bare keys and trailing commas', () => {
  const key = fc.stringMatching(/^[a-zA-Z$_.][\w$.]*$/);
  fc.assert(
    fc.property(fc.dictionary(key, fc.array(fc.string({ unit: 'grapheme' }))), (value) => {
      const quote = (text: string) =>
        `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
      const fields = Object.entries(value).map(
        ([name, items]) => `${name} : [${items.map((item) => `${quote(item)},`).join('')}],`,
      );
      expect(read(`{${fields.join('')}}`)).toBe(JSON.stringify(value));
    }),
  );
});
