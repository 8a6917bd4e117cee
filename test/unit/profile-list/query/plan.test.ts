import { parseQuery } from '../../../../functions/shared/domain/profile-list/query/parse.ts';
import { planOf } from '../../../../functions/shared/domain/profile-list/query/plan.ts';

const id = '66a1f0c2b7e34d0011223344';

test.each([
  ['an id', `{_id: {$oid: '${id}'}}`, { by: 'id', id }],
  ['an id in capitals', `{_id: {$oid: '${id.toUpperCase()}'}}`, { by: 'id', id }],
  ['an id by $eq beside other fields', `{enabled: true, _id: {$eq: {$oid: '${id}'}}}`, { by: 'id', id }],
  ['an id before a username', `{username: 'mara', _id: {$oid: '${id}'}}`, { by: 'id', id }],
  ['a username', "{username: 'mara'}", { by: 'username', username: 'mara' }],
  ['a username by $eq beside $ne', "{username: {$ne: 'x', $eq: 'mara'}}", { by: 'username', username: 'mara' }],
  [
    'a username under $and',
    "{$and: [{$and: [{username: 'mara'}]}, {enabled: true}]}",
    { by: 'username', username: 'mara' },
  ],
  [
    'an e-mail address as written',
    "{email: 'Mara@Example.org', enabled: true}",
    { by: 'email', email: 'Mara@Example.org' },
  ],
  ['a pattern for usernames', "{username: {$regex: '^ma'}}", { by: 'usernameKeys' }],
  ['several usernames', "{username: {$in: ['a', 'b']}}", { by: 'usernameKeys' }],
  ['usernames under $or and $nor', "{$or: [{username: 'a'}, {$nor: [{username: 'b'}]}]}", { by: 'usernameKeys' }],
  ['a username that no key can hold', `{username: '${'ä'.repeat(513)}'}`, { by: 'usernameKeys' }],
  ['an empty username', "{username: ''}", { by: 'usernameKeys' }],
  ['nothing', '{}', { by: 'tenant' }],
  ['nothing beside a username', "{$or: [{username: 'a'}, {}]}", { by: 'tenant' }],
  ['a username under $or', "{$or: [{username: 'a'}, {enabled: true}]}", { by: 'tenant' }],
  ['a username under $nor', "{enabled: true, $nor: [{username: 'a'}]}", { by: 'tenant' }],
  ['a username that is not to be', "{username: {$ne: 'a'}, enabled: true}", { by: 'tenant' }],
  ['an id as text', `{_id: '${id}'}`, { by: 'tenant' }],
  ['an e-mail pattern', "{email: {$regex: '@example.org$'}}", { by: 'tenant' }],
  ['an e-mail address that no key can hold', `{email: '${'x'.repeat(1_025)}'}`, { by: 'tenant' }],
  ['a path below a username', "{username.x: 'a', enabled: true}", { by: 'tenant' }],
  ['an attribute called username', "{attributes.username: 'a'}", { by: 'tenant' }],
])('%s', (_what, query, plan) => {
  expect(planOf(parseQuery(query))).toEqual(plan);
});
