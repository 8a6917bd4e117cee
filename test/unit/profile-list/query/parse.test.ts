import fc from 'fast-check';
import { parseQuery } from '../../../../functions/shared/domain/profile-list/query/parse.ts';
import { failureOf } from './fixtures.ts';

test.each([
  ['empty text', ''],
  ['blanks', '  '],
  ['a number', '5'],
  ['a list', '[]'],
  ['a string', "'x'"],
  ['null', 'null'],
  ['$where', "{$where: 'this.email'}"],
  ['$where beneath $or', "{$or: [{$where: '1'}]}"],
  ['$where within an element', "{roles: {$elemMatch: {$where: '1'}}}"],
  ['$where on a field', "{email: {$where: '1'}}"],
  ['$expr', '{$expr: {$eq: [1, 1]}}'],
  ['$text', "{$text: {$search: 'x'}}"],
  ['$comment', "{$comment: 'x'}"],
  ['an unknown operator', '{email: {$zzz: 1}}'],
  ['an operator of a field at the top', '{$gt: 1}'],
  ['$not at the top', "{$not: {email: 'x'}}"],
  ['$or on a field', '{a: {$or: [{$gt: 1}]}}'],
  ['$and without clauses', '{$and: []}'],
  ['$or without clauses', '{$or: []}'],
  ['$nor without clauses', '{$nor: []}'],
  ['$or on an object', '{$or: {a: 1}}'],
  ['$or on numbers', '{$or: [1]}'],
  ['operators before fields', '{a: {$gt: 1, b: 2}}'],
  ['fields before operators', '{a: {b: 2, $gt: 1}}'],
  ['operators deep in a value', '{a: {b: {$gt: 1}}}'],
  ['operators in a list', "{a: {$in: [{$regex: 'x'}]}}"],
  ['operators under $eq', '{a: {$eq: {$gt: 1}}}'],
  ['$in on a string', "{a: {$in: 'x'}}"],
  ['$nin on an object', '{a: {$nin: {}}}'],
  ['$all on a number', '{a: {$all: 1}}'],
  ['$size on a string', "{a: {$size: '1'}}"],
  ['$size below 0', '{a: {$size: -1}}'],
  ['$size with a fraction', '{a: {$size: 1.5}}'],
  ['$exists on a string', "{a: {$exists: 'false'}}"],
  ['$not on a value', '{a: {$not: 1}}'],
  ['$not on no operator', '{a: {$not: {}}}'],
  ['$not on a document', '{a: {$not: {b: 1}}}'],
  ['$not on an id', "{a: {$not: {$oid: '66a1f0c2b7e34d0011223344'}}}"],
  ['$elemMatch on a value', '{a: {$elemMatch: 1}}'],
  ['$elemMatch mixing operators and fields', '{a: {$elemMatch: {$gt: 1, b: 1}}}'],
  ['$regex on a number', '{a: {$regex: 1}}'],
  ['$options alone', "{a: {$options: 'i'}}"],
  ['$options on a number', "{a: {$regex: 'x', $options: 1}}"],
  ['unknown $options', "{a: {$regex: 'x', $options: 'x'}}"],
  ['a regex that does not parse', "{a: {$regex: '('}}"],
  ['an $oid of wrong length', "{_id: {$oid: 'abc'}}"],
  ['an $oid of wrong type', '{_id: {$oid: 1}}'],
  ['an $oid beside other keys', "{_id: {$oid: '66a1f0c2b7e34d0011223344', a: 1}}"],
  ['a $date that is none', "{createdOn: {$gt: {$date: 'yesterday'}}}"],
  ['a $date of no calendar', "{createdOn: {$gt: {$date: '2024-02-30'}}}"],
  ['a $date with more behind it', "{createdOn: {$gt: {$date: '2024-01-01junk'}}}"],
  ['a blank $date', "{createdOn: {$gt: {$date: ' '}}}"],
  ['a $date of half a millisecond', '{createdOn: {$gt: {$date: 0.5}}}'],
  ['a $date of wrong type', '{createdOn: {$gt: {$date: true}}}'],
  ['a $date out of range', '{createdOn: {$gt: {$date: 1e300}}}'],
])('refuses %s', (_what, text) => {
  expect(failureOf(() => parseQuery(text))?.kind).toBe('invalidQuery');
});

test.each([
  ['lookahead', '(?=x)'],
  ['lookbehind', '(?<=x)y'],
  ['a backreference', '(x)\\\\1'],
])('says that %s is not supported', (_what, pattern) => {
  expect(failureOf(() => parseQuery(`{a: {$regex: '${pattern}'}}`))?.message).toMatch(
    /^A \$regex is not valid, or uses lookaround or backreferences, which are not supported: /,
  );
});

test('takes a $regex of 1,000 characters and refuses one more', () => {
  const query = (length: number) => `{a: {$regex: '${'x'.repeat(length)}'}}`;
  expect(failureOf(() => parseQuery(query(1_000)))).toBeUndefined();
  expect(failureOf(() => parseQuery(query(1_001)))?.kind).toBe('invalidQuery');
});

test('refuses many large patterns before it has compiled them all', () => {
  const startMs = performance.now();
  const clauses = "{a: {$regex: '[\\\\pL\\\\pN]{0,1000}'}},".repeat(2_500);
  expect(failureOf(() => parseQuery(`{$or: [${clauses}]}`))?.message).toBe(
    'The $regex patterns of the query are too large together',
  );
  expect(performance.now() - startMs).toBeLessThan(2_000);
});

test('a key that comes twice counts once, so the first value need not make sense', () => {
  expect(failureOf(() => parseQuery('{a: {$zzz: 1}, a: 1}'))).toBeUndefined();
});

test('no text whatever gives anything but a query or invalidQuery', () => {
  const token = fc.constantFrom(
    ...'{}[]:,\'"\\ $#/-+.'.split(''),
    'a',
    '1',
    'true',
    '$or',
    '$not',
    '$elemMatch',
    '$regex',
    '(',
    '__proto__',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(token).map((tokens) => tokens.join('')),
    fc.json(),
  );
  fc.assert(
    fc.property(text, (query) => {
      expect(['invalidQuery', undefined]).toContain(failureOf(() => parseQuery(query))?.kind);
    }),
    { numRuns: 2_000 },
  );
});

test('no pattern whatever gives anything but a query or invalidQuery', () => {
  const token = fc.constantFrom(...'()[]{}*+?|^$.,-:=<!\\'.split(''), 'a', '1', '\\d', '\\p', '(?', '{1,9}', 'é');
  fc.assert(
    fc.property(fc.array(token), fc.constantFrom('', 'i', 'ims'), (tokens, options) => {
      const query = JSON.stringify({ a: { $regex: tokens.join(''), $options: options } });
      expect(['invalidQuery', undefined]).toContain(failureOf(() => parseQuery(query))?.kind);
    }),
    { numRuns: 1_000 },
  );
});
