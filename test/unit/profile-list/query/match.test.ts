import {
  attributeEquals,
  attributeExists,
  matches,
  matchesUsername,
} from '../../../../functions/shared/domain/profile-list/query/match.ts';
import { parseQuery } from '../../../../functions/shared/domain/profile-list/query/parse.ts';
import { matchesX, profileWith } from './fixtures.ts';

const mara = profileWith({ attributes: { prefs: { lang: 'de', tags: ['news', 'sport'] } } });
const matchesMara = (query: string) => matches(parseQuery(query), mara);

describe('queries that existing applications send', () => {
  test.each([
    ["{email: 'mara@example.org'}", true],
    ["{email: 'Mara@example.org'}", false],
    ["{username: {$regex: '.*AR.*', $options: 'i'}}", true],
    ["{roles: 'EDITOR'}", true],
    ["{roles: 'EDIT'}", false],
    ["{attributes.prefs.tags: 'news'}", true],
    [`{"attributes.prefs.tags": {$in: ["news"]}, enabled:true, enabled: true}`, true],
    ['{}', true],
  ])('%s', (query, expected) => {
    expect(matchesMara(query)).toBe(expected);
  });
});

describe('fields of the profile', () => {
  test.each([
    ['an id only as $oid', "{_id: {$oid: '66a1f0c2b7e34d0011223344'}}", true],
    ['an id in capitals', "{_id: {$oid: '66A1F0C2B7E34D0011223344'}}", true],
    ['another id', "{_id: {$oid: '66a1f0c2b7e34d0011223345'}}", false],
    ['no id as text', "{_id: '66a1f0c2b7e34d0011223344'}", false],
    ['id is no field', "{id: '66a1f0c2b7e34d0011223344'}", false],
    ['id is missing', '{id: null}', true],
    ['tenant is missing', '{tenant: {$exists: false}}', true],
    ['createdOn by milliseconds', '{createdOn: {$date: 1722000000000}}', true],
    ['createdOn by ISO time', "{createdOn: {$date: '2024-07-26T13:20:00Z'}}", true],
    ['createdOn after a day', "{createdOn: {$gt: {$date: '2024-07-26'}}}", true],
    ['lastModified with fractions and offset', "{lastModified: {$lt: {$date: '2024-07-26T15:27:30.124+02:00'}}}", true],
    ['createdOn by ISO time without zone, which is UTC', "{createdOn: {$date: '2024-07-26T13:20:00'}}", true],
    ['createdOn by ISO time with an offset without colon', "{createdOn: {$date: '2024-07-26T15:20:00+0200'}}", true],
    ['no date by number', '{createdOn: {$gt: 0}}', false],
    ['booleans', '{verified: false, enabled: true}', true],
    ['no boolean by number', '{enabled: 1}', false],
    ['an unknown attribute is missing', '{attributes.zzz: null}', true],
    ['what a prototype offers is missing', '{attributes.prefs.constructor: {$exists: true}}', false],
    ['__proto__ is missing', '{attributes.prefs.__proto__: {$exists: true}}', false],
    ['the length of a list is missing', '{roles.length: {$exists: true}}', false],
    ['the length of a text is missing', '{username.length: {$exists: true}}', false],
  ])('%s', (_what, query, expected) => {
    expect(matchesMara(query)).toBe(expected);
  });
});

describe('equality, in each way to write it', () => {
  test.each([
    ["'a'", ['a'], true],
    ["'a'", 'a', true],
    ['1', '1', false],
    ['1', [[1]], false],
    ['[1]', [[1]], true],
    ['[1, 2]', [1, 2], true],
    ['[1, 2]', [2, 1], false],
    ['[]', [], true],
    ['{b: 1}', { b: 1 }, true],
    ['{b: 1}', { b: 1, c: 2 }, false],
    ['{b: 1, c: 2}', { c: 2, b: 1 }, false],
    ['{b: 1, 7: 2}', { b: 1, 7: 2 }, true],
    ['{b: 1}', [{ b: 1 }], true],
    ['{}', {}, true],
    ['{__proto__: 1}', JSON.parse('{"__proto__":1}'), true],
    ['{__proto__: {}}', {}, false],
    ['null', [null], true],
    ['null', 0, false],
    ['0', -0, true],
  ])('%s on %j is %s', (value, x, expected) => {
    expect(matchesX(`{attributes.x: ${value}}`, x)).toBe(expected);
    expect(matchesX(`{attributes.x: {$eq: ${value}}}`, x)).toBe(expected);
    expect(matchesX(`{attributes.x: {$ne: ${value}}}`, x)).toBe(!expected);
    expect(matchesX(`{attributes.x: {$in: ['zzz', ${value}]}}`, x)).toBe(expected);
    expect(matchesX(`{attributes.x: {$nin: ['zzz', ${value}]}}`, x)).toBe(!expected);
    expect(matchesX(`{attributes.x: {$all: [${value}]}}`, x)).toBe(expected);
  });
});

describe('ranges', () => {
  test.each([
    ['{attributes.x: {$gt: 1}}', 2, true],
    ['{attributes.x: {$gt: 2}}', 2, false],
    ['{attributes.x: {$gte: 2}}', 2, true],
    ['{attributes.x: {$lt: 3, $gt: 1}}', 2, true],
    ['{attributes.x: {$lt: 3, $gt: 2}}', [1, 9], true],
    ["{attributes.x: {$lte: 'b'}}", 'b', true],
    ["{attributes.x: {$gt: 'a'}}", 'Z', false],
    ["{attributes.x: {$gt: '1'}}", 2, false],
    ["{attributes.x: {$gt: '\\uffff'}}", '\u{10000}', true],
    ['{attributes.x: {$gt: 1}}', true, false],
    ['{attributes.x: {$gt: false}}', true, true],
    ['{attributes.x: {$gt: {$date: 0}}}', 1, false],
    ['{attributes.x: {$gt: [1]}}', [1, 2], true],
    ['{attributes.x: {$lt: {b: 2}}}', { b: 1 }, true],
    ['{attributes.x: {$gte: null}}', null, true],
    ['{attributes.x: {$gt: null}}', 1, false],
  ])('%s on %j is %s', (query, x, expected) => {
    expect(matchesX(query, x)).toBe(expected);
  });
});

describe('an attribute that is missing', () => {
  test.each([
    ['{attributes.x: null}', true],
    ['{attributes.x: {$in: [1, null]}}', true],
    ['{attributes.x: {$nin: [1, null]}}', false],
    ['{attributes.x: {$nin: [1]}}', true],
    ['{attributes.x: {$ne: 1}}', true],
    ['{attributes.x: {$ne: null}}', false],
    ['{attributes.x: {$exists: false}}', true],
    ['{attributes.x: {$exists: 0}}', true],
    ['{attributes.x: {$exists: true}}', false],
    ['{attributes.x: {$lte: null}}', true],
    ['{attributes.x: {$lt: 1}}', false],
    ['{attributes.x: {$not: {$gt: 1}}}', true],
    ["{attributes.x: {$regex: ''}}", false],
    ['{attributes.x: {$size: 0}}', false],
    ['{attributes.x.y: null}', true],
  ])('%s is %s', (query, expected) => {
    expect(matchesX(query)).toBe(expected);
  });
});

describe('the other operators', () => {
  test.each([
    ["{attributes.x: {$in: ['b', 'c']}}", ['a', 'b'], true],
    ['{attributes.x: {$in: [[1], {b: 1}]}}', { b: 1 }, true],
    ['{attributes.x: {$in: []}}', 1, false],
    ["{attributes.x: {$nin: ['b']}}", ['a', 'b'], false],
    ['{attributes.x: {$exists: true}}', null, true],
    ["{attributes.x: {$regex: '^b'}}", ['a', 'bc'], true],
    ["{attributes.x: {$regex: 'b'}}", 'abc', true],
    ["{attributes.x: {$regex: '1'}}", 1, false],
    ["{attributes.x: {$regex: '^B$', $options: 'im'}}", 'a\nb', true],
    ["{attributes.x: {$regex: '^b$'}}", 'a\nb', false],
    ["{attributes.x: {$options: 's', $regex: 'a.b'}}", 'a\nb', true],
    ["{attributes.x: {$regex: 'a.b'}}", 'a\nb', false],
    ["{attributes.x: {$regex: '^a', $ne: 'ab'}}", 'ab', false],
    ['{attributes.x: {$not: {$gt: 1, $lt: 3}}}', 2, false],
    ['{attributes.x: {$not: {$gt: 1}}}', [0, 2], false],
    ["{attributes.x: {$not: {$regex: '^a'}}}", 'b', true],
    ['{attributes.x: {$all: [1, 2]}}', [3, 2, 1], true],
    ['{attributes.x: {$all: [1, 2]}}', [1], false],
    ['{attributes.x: {$all: [1]}}', 1, true],
    ['{attributes.x: {$all: []}}', [], false],
    ['{attributes.x: {$all: [{$elemMatch: {b: 1}}, {$elemMatch: {b: 2}}]}}', [{ b: 1 }, { b: 2 }], true],
    ['{attributes.x: {$size: 2}}', [1, [2]], true],
    ['{attributes.x: {$size: 2}}', [[1, 2]], false],
    ['{attributes.x: {$size: 1}}', 'a', false],
    ['{attributes.x: {$elemMatch: {$gt: 1, $lt: 3}}}', [0, 2], true],
    ['{attributes.x: {$elemMatch: {$gt: 1, $lt: 3}}}', [0, 4], false],
    ['{attributes.x: {$elemMatch: {$gt: 1}}}', 2, false],
    ['{attributes.x: {$elemMatch: {$gt: 1}}}', [[2]], false],
    ['{attributes.x: {$elemMatch: {$elemMatch: {$gt: 1}}}}', [[2]], true],
    ['{attributes.x: {$elemMatch: {$not: {$gt: 1}}}}', [2, 0], true],
    ['{attributes.x: {$elemMatch: {b: 1, c: 2}}}', [{ b: 1, c: 2 }], true],
    ['{attributes.x: {$elemMatch: {b: 1, c: 2}}}', [{ b: 1 }, { c: 2 }], false],
    ['{attributes.x: {$elemMatch: {$or: [{b: 1}, {c: 1}]}}}', [{ c: 1 }], true],
    ['{attributes.x: {$elemMatch: {b: null}}}', [{ c: 1 }], true],
    ['{attributes.x: {$elemMatch: {b.c: 1}}}', [{ b: [{ c: 1 }] }], true],
    ['{attributes.x: {$elemMatch: {0: 1}}}', [[1]], true],
    ['{attributes.x: {$elemMatch: {}}}', [1], false],
    ['{attributes.x: {$elemMatch: {}}}', [{}], true],
    ['{$and: [{attributes.x: 1}, {attributes.x: 2}]}', [1, 2], true],
    ['{$or: [{attributes.x: 1}, {attributes.x: 2}]}', 2, true],
    ['{$or: [{attributes.x: 1}, {attributes.x: 2}]}', 3, false],
    ['{$nor: [{attributes.x: 1}, {attributes.x: 2}]}', 3, true],
    ['{$nor: [{attributes.x: 1}, {attributes.x: 2}]}', 2, false],
    ["{attributes.x: 1, username: 'other'}", 1, false],
  ])('%s on %j is %s', (query, x, expected) => {
    expect(matchesX(query, x)).toBe(expected);
  });
});

describe('paths', () => {
  test.each([
    ['{attributes.x.b: 1}', { b: 1 }, true],
    ['{attributes.x.b: 1}', [{ b: 0 }, { b: 1 }], true],
    ['{attributes.x.b: 1}', [{ b: [1] }], true],
    ['{attributes.x.b.c: 1}', [{ b: [{ c: 1 }] }], true],
    ['{attributes.x.b: 1}', [[{ b: 1 }]], false],
    ['{attributes.x.0.b: 1}', [[{ b: 1 }]], true],
    ['{attributes.x.0: 1}', [1], true],
    ['{attributes.x.1: 1}', [1], false],
    ['{attributes.x.00: 1}', [1], false],
    ['{attributes.x.0: 1}', { 0: 1 }, true],
    ['{attributes.x.0: 1}', [{ 0: 1 }], true],
    ['{attributes.x.0.b: 1}', [{ b: 1 }], true],
    ['{attributes.x.b: null}', 'text', true],
    ['{attributes.x.b: null}', [], false],
    ['{attributes.x.b: null}', [1], false],
    ['{attributes.x.b: null}', [{ b: 1 }, {}], true],
    ['{attributes.x.b: {$ne: 1}}', [{ b: 1 }, { b: 2 }], false],
    ['{attributes.x.b: {$exists: false}}', [{ b: 1 }, {}], false],
    ['{attributes.x.b: {$size: 1}}', [{ b: [1] }], true],
    ['{attributes.x..b: 1}', { '': { b: 1 } }, true],
    ['{"attributes.x.": 1}', { '': 1 }, true],
    ['{attributes.x.__proto__.b: 1}', JSON.parse('{"__proto__":{"b":1}}'), true],
  ])('%s on %j is %s', (query, x, expected) => {
    expect(matchesX(query, x)).toBe(expected);
  });

  test('a path that can go two ways at each of many levels takes no time', () => {
    let x: unknown = 'end';
    for (let level = 0; level < 45; level += 1) x = [{ 0: x }];
    const startMs = performance.now();
    expect(matchesX(`{attributes.x${'.0'.repeat(60)}: 'end'}`, x)).toBe(true);
    expect(performance.now() - startMs).toBeLessThan(1_000);
  });

  test('an array of 200,000 elements is looked into', () => {
    expect(
      matchesX(
        '{attributes.x: 200000}',
        Array.from({ length: 200_001 }, (_, at) => at),
      ),
    ).toBe(true);
  });
});

describe('regular expressions', () => {
  test.each([
    ['(a+)+$', 'a'.repeat(50_000)],
    ['(a|aa)+$', 'a'.repeat(50_000)],
    ['^(\\w*\\s*)*$', 'a '.repeat(25_000)],
    ['(?:.{0,30}a){0,30}[^ab!]', 'ab'.repeat(25_000)],
  ])('%s on 50,000 characters does not stall', (pattern, text) => {
    const query = JSON.stringify({ 'attributes.x': { $regex: pattern } });
    const startMs = performance.now();
    expect(matchesX(query, `${text}!`)).toBe(false);
    expect(performance.now() - startMs).toBeLessThan(10_000);
  });
});

describe('matchesUsername', () => {
  test.each([
    ["{username: {$regex: '^ma'}}", true],
    ["{$or: [{username: 'x'}, {username: {$gt: 'm', $lt: 'n'}}]}", true],
    ["{$nor: [{username: 'mara'}]}", false],
    ['{username.first: null}', true],
  ])('%s gives the same as the whole profile: %s', (query, expected) => {
    expect(matchesUsername(parseQuery(query), mara.username)).toBe(expected);
    expect(matchesMara(query)).toBe(expected);
  });
});

describe('attributeExists', () => {
  const profile = profileWith({ attributes: { a: { b: null }, list: [{ c: 1 }, {}], empty: [], text: 'x' } });
  test.each([
    ['a', true],
    ['a.b', true],
    ['a.c', false],
    ['list.c', true],
    ['list.1.c', false],
    ['empty', true],
    ['empty.c', false],
    ['text.length', false],
    ['zzz', false],
    ['', false],
    ['__proto__', false],
    ["a': 1}, {'b", false],
  ])('%s is %s', (path, expected) => {
    expect(attributeExists(path, profile)).toBe(expected);
  });
});

describe('attributeEquals', () => {
  const profile = profileWith({
    attributes: { name: 'John', on: true, size: 5, tags: ['news'], list: [{ c: 'x' }], nested: [['deep']] },
  });
  test.each([
    ['name', 'John', true],
    ['name', 'john', false],
    ['on', 'true', false],
    ['size', '5', false],
    ['tags', 'news', true],
    ['tags.0', 'news', true],
    ['list.c', 'x', true],
    ['nested', 'deep', false],
    ['zzz', '', false],
  ])('%s = %s is %s', (path, value, expected) => {
    expect(attributeEquals(path, value, profile)).toBe(expected);
  });
});
