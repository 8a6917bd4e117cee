import { parseQuery } from '../../../../functions/shared/domain/profile-list/query/parse.ts';
import {
  asksForEverything,
  type Choice,
  choicesOf,
  mentionsOnlyUsername,
} from '../../../../functions/shared/domain/profile-list/query/plan.ts';

const id = '66a1f0c2b7e34d0011223344';
const searchable = { fields: new Set(['roles', 'attributes.x', 'attributes.o.p']), hasEmails: true };

/** The words of every choice, those of a union in brackets. */
const wordsOf = (choices: readonly Choice[]): readonly string[] =>
  choices.map((choice) =>
    'words' in choice ? choice.words : `(${choice.branches.map((branch) => wordsOf(branch).join(' / ')).join(' + ')})`,
  );
const planOf = (query: string, by = searchable) => wordsOf(choicesOf(parseQuery(query), by));

test.each([
  ['an id', `{_id: {$oid: '${id}'}}`, ['id']],
  ['an id by $eq beside other fields', `{roles: 'A', _id: {$eq: {$oid: '${id}'}}}`, ['id']],
  ['an id before a username', `{username: 'mara', _id: {$oid: '${id}'}}`, ['id']],
  ['a username', "{username: 'mara'}", ['username equals']],
  ['a username by $eq beside $ne', "{username: {$ne: 'x', $eq: 'mara'}}", ['username equals']],
  ['a username under $and', "{$and: [{$and: [{username: 'mara'}]}, {enabled: true}]}", ['username equals']],
  ['a username before an address', "{email: 'a', username: 'mara'}", ['username equals']],
  ['an address before the rest', "{email: 'Mara@Example.org', roles: 'A'}", ['email equals']],
  ['several usernames', "{username: {$in: ['a', 'b']}}", ['username in']],
  ['a pattern for usernames', "{username: {$regex: '^ma'}}", ['username prefix']],
  ['usernames between', "{username: {$gt: 'a', $lte: 'b'}}", ['username range']],
  ['several addresses', "{email: {$in: ['a', 'b']}}", ['email in']],
  ['no address', '{email: null}', ['email equals']],
  ['an address or none', "{email: {$in: ['a', null]}}", ['email in']],
  ['a pattern for addresses', "{email: {$regex: '^ma'}}", ['email prefix']],
  ['addresses between', "{email: {$gt: 'a'}}", ['email range']],
  [
    'a day of creation',
    '{createdOn: {$gte: {$date: 1500000000000}, $lt: {$date: 1500000086400}}}',
    ['createdOn range'],
  ],
  ['a moment of creation', '{createdOn: {$date: 1500000000000}}', ['createdOn equals']],
  ['a role', "{roles: 'A'}", ['index roles equals']],
  ['all of several roles', "{roles: {$all: ['A', 'B']}}", ['index roles equals', 'index roles equals']],
  ['a value', '{attributes.x: 5}', ['index attributes.x equals']],
  ['null', '{attributes.x: null}', ['index attributes.x equals']],
  ['several values', "{attributes.x: {$in: ['a', 0.10, true, null]}}", ['index attributes.x in']],
  ['none of several', '{attributes.x: {$in: []}}', ['index attributes.x in']],
  ['a range', "{attributes.o.p: {$gt: 'a', $lt: 'b'}}", ['index attributes.o.p range']],
  ['a pattern', "{attributes.x: {$regex: '^a', $options: 's'}}", ['index attributes.x prefix']],
  ['existence', '{attributes.x: {$exists: true}}', ['index attributes.x exists']],
  [
    'several conditions',
    "{attributes.x: {$gt: 1, $exists: true}, roles: 'A', enabled: true}",
    ['index attributes.x exists', 'index roles equals', 'index attributes.x range'],
  ],
  ['either of two', "{$or: [{roles: 'A'}, {attributes.x: 1, email: 'a'}]}", ['(index roles equals + email equals)']],
  [
    'one of several ways in each',
    "{$or: [{roles: 'A', attributes.x: 1}, {_id: {$oid: '66a1f0c2b7e34d0011223344'}}]}",
    ['(index roles equals / index attributes.x equals + id)'],
  ],
  [
    'either of two beside another',
    "{roles: 'A', $or: [{roles: 'B'}, {roles: 'C'}]}",
    ['index roles equals', '(index roles equals + index roles equals)'],
  ],
])('%s is found by an index', (_what, query, words) => {
  expect(planOf(query)).toEqual(words);
});

test.each([
  ['nothing', '{}'],
  ['a username that no key can hold', `{username: '${'ä'.repeat(513)}'}`],
  ['an empty username', "{username: ''}"],
  ['a username under $or', "{$or: [{username: 'a'}, {enabled: true}]}"],
  ['a role under $nor', "{$nor: [{roles: 'A'}]}"],
  ['a username that is not to be', "{username: {$ne: 'a'}}"],
  ['an id as text', `{_id: '${id}'}`],
  ['an e-mail pattern', "{email: {$regex: '@example.org$'}}"],
  ['an empty e-mail address', "{email: ''}"],
  ['an e-mail address that no key can hold', `{email: '${'x'.repeat(1_025)}'}`],
  ['a path below a username', "{username.x: 'a'}"],
  ['what is not indexed', "{attributes.y: 'a', attributes.o: 1}"],
  ['what only looks like an attribute', "{x: 'a'}"],
  ['a document', '{attributes.x: {a: 1}}'],
  ['a list', '{attributes.x: [1]}'],
  ['a document among values', '{attributes.x: {$in: [1, {a: 1}]}}'],
  ['bounds of two types', "{attributes.x: {$gt: 1, $lt: 'a'}}"],
  ['a bound that is null', '{attributes.x: {$gte: null}}'],
  ['no existence', '{attributes.x: {$exists: false}}'],
  ['a pattern for any letter case', "{attributes.x: {$regex: '^a', $options: 'i'}}"],
  ['a size', '{attributes.x: {$size: 1}}'],
  ['an element', '{attributes.x: {$elemMatch: {$eq: 1}}}'],
  ['a time before all', '{createdOn: {$gt: {$date: -1}}}'],
  ['a number for a time', '{createdOn: 1500000000000}'],
  ['more than a hundred values', `{attributes.x: {$in: [${Array.from({ length: 101 }, (_, n) => n)}]}}`],
  ['too many places', `{$or: [${Array.from({ length: 201 }, (_, n) => `{attributes.x: ${n}}`)}]}`],
])('%s is found by none', (_what, query) => {
  expect(planOf(query)).toEqual([]);
});

test('addresses are found one by one where not all are in their order', () => {
  const by = { ...searchable, hasEmails: false };
  expect(planOf("{email: {$regex: '^ma'}}", by)).toEqual([]);
  expect(planOf('{email: null}', by)).toEqual([]);
  expect(planOf("{email: {$in: ['ma']}}", by)).toEqual(['email equals'.replace('equals', 'in')]);
});

test.each([
  ["{username: {$regex: 'x'}}", true],
  ["{$or: [{username: 'a'}, {$nor: [{username: 'b'}]}]}", true],
  ["{$or: [{username: 'a'}, {}]}", false],
  ['{attributes.username: 1}', false],
  ['{}', false],
])('whether %s is about usernames alone: %s', (query, isSo) => {
  expect(mentionsOnlyUsername(parseQuery(query))).toBe(isSo);
});

test.each([
  ['{}', true],
  ['{$and: [{}, {}]}', true],
  ['{$or: [{}]}', false],
  ['{enabled: true}', false],
])('whether %s asks for everything: %s', (query, isSo) => {
  expect(asksForEverything(parseQuery(query))).toBe(isSo);
});
