import { checkQuery } from '../../../../functions/shared/domain/profile-list/query/check.ts';
import { parseQuery } from '../../../../functions/shared/domain/profile-list/query/parse.ts';
import { failureOf } from './fixtures.ts';

const mayRead = (attribute: string) => attribute !== 'secret';
const check = (query: string) => failureOf(() => checkQuery(parseQuery(query), mayRead));

test.each([
  ['tenant', "{tenant: 'acme'}", 'tenant'],
  ['quoted tenant', `{'tenant' : "acme"}`, 'tenant'],
  ['tenant written with escapes', "{'\\u0074enant': 'acme'}", 'tenant'],
  ['a path below tenant', '{tenant.name: 1}', 'tenant'],
  ['tenant given twice', "{tenant: 'a', tenant: 'b'}", 'tenant'],
  ['tenant under $or', "{$or: [{username: 'x'}, {tenant: 'acme'}]}", 'tenant'],
  ['tenant under $nor under $and', "{$and: [{$nor: [{tenant: 'acme'}]}]}", 'tenant'],
  ['tenant under $elemMatch', "{attributes.x: {$elemMatch: {tenant: 'acme'}}}", 'tenant'],
  ['tenantId', "{tenantId: 'x'}", 'tenantId'],
  ['password', '{password: {$exists: true}}', 'password'],
  ['a field that starts with password', '{passwordHash: 1}', 'passwordHash'],
  ['a path below password', '{password.0: 1}', 'password'],
  ['failedLoginAttempts', '{failedLoginAttempts: {$gt: 0}}', 'failedLoginAttempts'],
  ['lastFailedLogin', '{$or: [{lastFailedLogin: null}]}', 'lastFailedLogin'],
])('refuses %s', (_what, query, field) => {
  expect(check(query)).toEqual({ kind: 'invalidQuery', message: `The query must not use field "${field}"` });
});

test.each([
  ['by value', "{attributes.secret: 's'}"],
  ['by a path below it', '{attributes.secret.deep.0: 1}'],
  ['by existence', '{attributes.secret: {$exists: true}}'],
  ['under $not', '{attributes.secret: {$not: {$gt: 1}}}'],
  ['under $or', '{$or: [{attributes.secret: 1}]}'],
  ['under $nor', '{$nor: [{attributes.secret: 1}]}'],
  ['under $and in $and', '{$and: [{$and: [{attributes.secret: 1}]}]}'],
  ['by $elemMatch', '{attributes.secret: {$elemMatch: {a: 1}}}'],
  ['within $elemMatch', '{attributes.x: {$elemMatch: {attributes.secret: 1}}}'],
  ['within $not of $elemMatch', '{attributes.x: {$not: {$elemMatch: {attributes.secret: 1}}}}'],
  ['within $elemMatch of $elemMatch', '{attributes.x: {$elemMatch: {$elemMatch: {attributes.secret: 1}}}}'],
  ['within $all', '{attributes.x: {$all: [{$elemMatch: {attributes.secret: 1}}]}}'],
])('refuses an unreadable attribute %s, by its name', (_how, query) => {
  expect(check(query)).toEqual({ kind: 'invalidQuery', message: 'The query must not use attribute "secret"' });
});

test.each([
  ['by value', '{attributes: {secret: 1}}'],
  ['by existence', '{attributes: {$exists: true}}'],
  ['by $elemMatch', '{$or: [{attributes: {$elemMatch: {secret: 1}}}]}'],
])('refuses attributes as a whole %s', (_how, query) => {
  expect(check(query)).toEqual({
    kind: 'invalidQuery',
    message: 'The query must name an attribute, not "attributes" as a whole',
  });
});

test.each([
  ['nothing', '{}'],
  [
    'every public field',
    '{_id: 1, username: 1, email: 1, verified: 1, enabled: 1, createdOn: 1, lastModified: 1, roles: 1}',
  ],
  ['readable attributes', "{attributes.prefs.tags: 'news'}"],
  ['an attribute whose name goes on after an unreadable one', '{attributes.secrets: 1}'],
  ['an attribute whose path holds the name of an unreadable one', '{attributes.prefs.secret: 1}'],
  ['a field whose name ends in tenant', "{subtenant: 'x'}"],
  ['tenant below an attribute', "{attributes.prefs.tenant: 'x'}"],
  ['the words of the rules in strings', "{username: 'tenant: x, $where: 1, attributes.secret: 2'}"],
  ['password below an attribute', '{attributes.accounts: {$elemMatch: {password: 1}}}'],
  ['fields that profiles do not have', '{id: 1, zzz: 1, "": 1, __proto__: 1}'],
])('accepts %s', (_what, query) => {
  expect(check(query)).toBeUndefined();
});

test.each([
  ['{"attributes.": 1}', ''],
  ['{attributes..secret: 1}', ''],
  ['{attributes.__proto__: 1}', '__proto__'],
  ['{attributes.0: 1}', '0'],
])('lets the permission decide on the odd name in %s', (query, name) => {
  const asked: string[] = [];
  checkQuery(parseQuery(query), (attribute) => asked.push(attribute) > 0);
  expect(asked).toEqual([name]);
});
