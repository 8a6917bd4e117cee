import fc from 'fast-check';
import type { AccessToken } from '../../../functions/shared/domain/access/access-token.ts';
import {
  attributesOf,
  parseAttributes,
  projectAttributes,
  storable,
} from '../../../functions/shared/domain/profile/attributes.ts';
import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import type { AttributeDefinition } from '../../../functions/shared/domain/tenant/attribute-definitions.ts';
import type { Tenant } from '../../../functions/shared/domain/tenant/tenant.ts';
import type { JsonObject, JsonValue } from '../../../functions/shared/domain/values/json.ts';
import { ApiError } from '../../../functions/shared/errors/api-error.ts';
import { presentTo } from '../../../functions/shared/http/resources/profile.ts';
import { asAttributes } from '../../support/attributes.ts';

const name: fc.Arbitrary<string> = fc.constantFrom(
  'a',
  'b',
  'c',
  'ab',
  '__proto__',
  'constructor',
  '$none',
  'toString',
);
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'));
/** As JSON has it, without a negative zero. */
const json = fc.jsonValue({ maxDepth: 3 }).map((value): JsonValue => JSON.parse(JSON.stringify(value)));
const attributes = fc.array(fc.tuple(name, json)).map((entries) => new Map(entries));
const texts = attributes.map(asAttributes);

/** Whether everything in `part` is in `whole`, at the same place; lists may have lost elements that hold nothing. */
function isPartOf(part: unknown, whole: unknown): boolean {
  if (Array.isArray(part))
    return Array.isArray(whole) && part.every((element) => whole.some((other) => isPartOf(element, other)));
  if (typeof part !== 'object' || part === null) return Object.is(part, whole);
  if (typeof whole !== 'object' || whole === null || Array.isArray(whole)) return false;
  return Object.entries(part).every(
    ([key, value]) => Object.hasOwn(whole, key) && isPartOf(value, Reflect.get(whole, key)),
  );
}

test('a projection shows nothing but parts of what it is given', () => {
  fc.assert(
    fc.property(texts, fc.array(path), (given, names) => {
      for (const [key, value] of projectAttributes(given, names)) {
        expect(given.has(key)).toBe(true);
        expect(isPartOf(value.value, given.get(key)?.value)).toBe(true);
      }
    }),
  );
});

test('a projection shows nothing but what was asked for', () => {
  fc.assert(
    fc.property(texts, fc.array(path, { minLength: 1 }), (given, names) => {
      const asked = new Set(names.flatMap((one) => [one, one.split('.')[0]]));
      for (const key of projectAttributes(given, names).keys()) expect(asked.has(key)).toBe(true);
    }),
  );
});

test('names that are there are shown whole, whatever else is asked for', () => {
  fc.assert(
    fc.property(texts, fc.array(path), (given, paths) => {
      const names = [...given.keys()].filter((key) => key !== '$none');
      fc.pre(names.length > 0 && !paths.includes('$none'));
      const shown = projectAttributes(given, [...paths, ...names]);
      for (const key of names) expect(shown.get(key)).toEqual(given.get(key));
    }),
  );
});

test('what the caller may not read never shows, whatever is asked for', () => {
  const permission = fc.record({
    application: fc.constantFrom('*', 'app', 'other'),
    allowedActions: fc.constantFrom(null, [], ['*'], ['READ_ATTRIBUTE'], ['WRITE_ATTRIBUTE']),
  });
  const definitions: fc.Arbitrary<AttributeDefinition[]> = fc.uniqueArray(
    fc.record({
      name,
      metadata: fc.constant(null),
      defaultValue: fc.constant(null),
      permissions: fc.array(permission, { maxLength: 3 }),
    }),
    { selector: (definition) => definition.name },
  );
  const mayRead = (definition: AttributeDefinition | undefined) => {
    const first = definition?.permissions.find(({ application }) => application === '*' || application === 'app');
    return first?.allowedActions?.some((action) => action === '*' || action === 'READ_ATTRIBUTE') ?? false;
  };
  fc.assert(
    fc.property(texts, definitions, fc.option(fc.array(path), { nil: undefined }), (given, defined, names) => {
      const tenant = { attributeDefinitions: defined } as unknown as Tenant;
      const caller = { application: 'app' } as AccessToken;
      const profile = { attributes: given, roles: [] } as unknown as Profile;
      const shown = presentTo({ caller, tenant, profile }, names).attributes;
      for (const [key, { value }] of shown) {
        expect([key, mayRead(defined.find((definition) => definition.name === key))]).toEqual([key, true]);
        expect(isPartOf(value, given.get(key)?.value)).toBe(true);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('what is stored has no null but inside lists, and nothing new', () => {
  const nullKeys = (value: unknown): boolean => {
    if (Array.isArray(value)) return value.some((element) => element !== null && nullKeys(element));
    if (typeof value !== 'object' || value === null) return false;
    return Object.values(value).some((inner) => inner === null || nullKeys(inner));
  };
  fc.assert(
    fc.property(attributes, (given) => {
      const stored = storable(given);
      for (const [key, { value }] of stored) {
        expect(value).not.toBeNull();
        expect(nullKeys(value)).toBe(false);
        expect(isPartOf(value, given.get(key))).toBe(true);
      }
      expect([...given.keys()].filter((key) => given.get(key) !== null)).toEqual([...stored.keys()]);
    }),
  );
});

test.each([undefined, '', 'null', ' {} '])('no attributes: %j', (given) => {
  expect(parseAttributes(given)).toEqual(new Map());
});

test.each(['[]', '5', '"x"', 'true', '{', "{'a':1}", '{"a":1}x', '\ufeff', '\ufeff\ufeff{}', ' \ufeff{}'])(
  'not a JSON object: %j',
  (given) => {
    expect(() => parseAttributes(given)).toThrow(expect.objectContaining({ kind: 'unreadableAttributes' }));
  },
);

test('__proto__ is a name like any other', () => {
  expect([...parseAttributes('{"__proto__":{"a":1}}')]).toEqual([['__proto__', { a: 1 }]]);
});

test.each<[string, JsonObject]>([
  ['ill-formed Unicode', { a: '\ud800' }],
  ['ill-formed Unicode', { a: [{ '\udc00': 1 }] }],
  ['ill-formed Unicode', { '\ud800': 1 }],
  ['too large a number', { a: [Number.POSITIVE_INFINITY] }],
])('refuses %s', (what, value) => {
  expect(() => attributesOf(value)).toThrow(new ApiError('invalidRequest', `An attribute holds ${what}`));
});

test('a depth of 100 is the limit', () => {
  const nested = (depth: number): JsonValue => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
  expect(attributesOf({ a: nested(100) }).size).toBe(1);
  expect(() => attributesOf({ a: nested(101) })).toThrow('nested deeper than 100 levels');
  expect(() => attributesOf({ a: nested(100_000) })).toThrow('nested deeper than 100 levels');
});
