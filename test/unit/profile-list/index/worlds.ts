import fc from 'fast-check';
import type { Profile } from '../../../../functions/shared/domain/profile/profile.ts';
import type { AttributeDefinition } from '../../../../functions/shared/domain/tenant/attribute-definitions.ts';
import { changeOfFields } from '../../../../functions/shared/domain/tenant/indexed-fields.ts';
import { appendPending, settle } from '../../../../functions/shared/domain/tenant/pending-changes.ts';
import type { Tenant } from '../../../../functions/shared/domain/tenant/tenant.ts';
import type { JsonValue } from '../../../../functions/shared/domain/values/json.ts';
import { JsonText } from '../../../../functions/shared/domain/values/json-text.ts';
import { allowing, definition } from '../../../support/definitions.ts';
import { exampleTenant } from '../../../support/example-tenant.ts';

const long = 'x'.repeat(899);
/** Values as JSON: those of one type lie close together, some beyond what a key tells. */
export const scalarText = fc.oneof(
  fc.constantFrom('null', 'true', 'false', '0', '1', '2', '-1', '10', '0.1', '0.10', '-0.5', '1e300'),
  fc.constantFrom('12345678901234567890', '12345678901234567891', '1e-200000', '2e-200000', '-1e-200000'),
  fc.constantFrom('"a"', '"b"', '"ab"', '"A"', '""', '"a\\u0000"', '"a\\u0001"', '"\u{1f600}"', '"\uffee"', '"a.c"'),
  fc.constantFrom(...['', 'a', 'b', 'c'].map((end) => JSON.stringify(long + end))),
);

const listOf = (texts: readonly string[]) => `[${texts.join(',')}]`;
const documentOf = (fields: Readonly<Record<string, string>>) =>
  `{${Object.entries(fields)
    .map(([name, text]) => `${JSON.stringify(name)}:${text}`)
    .join(',')}}`;

const { valueText } = fc.letrec<{ valueText: string }>((tie) => ({
  valueText: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    { weight: 5, arbitrary: scalarText },
    { weight: 1, arbitrary: fc.constantFrom('[1,2,3,4,5,6,7,8,9,10]', '["a","b","c","d","e","f","g","h"]', '[[1],2]') },
    { weight: 2, arbitrary: fc.array(tie('valueText'), { maxLength: 3 }).map(listOf) },
    {
      weight: 3,
      arbitrary: fc.dictionary(fc.constantFrom('p', 'q'), tie('valueText'), { maxKeys: 2 }).map(documentOf),
    },
  ),
}));

export { valueText };

const attributes = fc
  .dictionary(fc.constantFrom('x', 'y', 'o', 'secret'), valueText, { maxKeys: 4 })
  .map((texts) => new Map(Object.entries(texts).map(([name, text]) => [name, new JsonText(text)])));

const wishes: fc.Arbitrary<JsonValue> = fc.constantFrom<JsonValue>(true, false, ['p', 'q'], ['p.q', 'p']);
const definitions = fc.record({
  x: wishes,
  y: wishes,
  o: fc.constantFrom<JsonValue>(['p', 'q', 'p.q'], true),
  secret: wishes,
});
type Wishes = Readonly<Record<'x' | 'y' | 'o' | 'secret', JsonValue>>;

const definitionsOf = (wished: Wishes): readonly AttributeDefinition[] =>
  Object.entries(wished).map(([name, indexed]) =>
    definition(name, { metadata: { indexed }, ...(name === 'secret' ? allowing('payroll') : {}) }),
  );

const change = fc.record({
  removeRoles: fc.subarray(['A', 'B']),
  removeAttributes: fc.subarray(['x', 'y']),
  defaults: fc.dictionary(
    fc.constantFrom('x', 'o'),
    scalarText.filter((text) => text !== 'null'),
    { maxKeys: 1 },
  ),
  definitions,
});

interface Change {
  readonly removeRoles: readonly string[];
  readonly removeAttributes: readonly string[];
  /** Texts of JSON, by name. */
  readonly defaults: Readonly<Record<string, string>>;
  readonly definitions: Wishes;
}

/** The tenant after a change, as `change-tenant` makes it. */
function changed(tenant: Tenant, { defaults, definitions: wished, ...removed }: Change): Tenant {
  const next = { ...tenant, attributeDefinitions: definitionsOf(wished) };
  const version = tenant.version + 1;
  const pending = appendPending(tenant.pending, {
    version,
    atMs: 1,
    ...removed,
    defaults: new Map(Object.entries(defaults).map(([name, text]) => [name, new JsonText(text)])),
    ...changeOfFields(tenant, next),
  });
  return { ...next, version, pending };
}

const person = fc.record({
  email: fc.oneof(
    fc.constantFrom('a', 'A', 'b', 'ab', 'B', '', null),
    fc.constantFrom(`${long}a`, `${long}b`, `${long}`),
  ),
  verified: fc.boolean(),
  createdAtMs: fc.integer({ min: 1_500_000_000_000, max: 1_500_000_000_005 }),
  roles: fc.uniqueArray(fc.constantFrom('A', 'B', 'C', ...'defghijklm'), { maxLength: 10 }),
  attributes,
  /** How many of the changes it has taken in. */
  taken: fc.nat(2),
});

/** A tenant, the profiles as they are stored of it, and how long a page of the store is at most. */
export interface World {
  readonly tenant: Tenant;
  readonly profiles: readonly Profile[];
  readonly most: number;
}

/** Tenants of one to three parts that have come this way by changes, which some of their profiles have not taken in. */
export const world: fc.Arbitrary<World> = fc
  .record({
    shards: fc.integer({ min: 1, max: 3 }),
    first: definitions,
    changes: fc.array(change, { maxLength: 2 }),
    people: fc.array(person, { maxLength: 14 }),
    most: fc.constantFrom(1, 2, 3, 5, 100),
  })
  .map(({ shards, first, changes, people, most }) => {
    const tenants = [exampleTenant({ shards, attributeDefinitions: definitionsOf(first) })];
    for (const each of changes) tenants.push(changed(tenants.at(-1) ?? exampleTenant(), each));
    const tenant = tenants.at(-1) ?? exampleTenant();
    const profiles = people.map(({ taken, ...fields }, n): Profile => {
      const id = ((n * 7) % 16).toString(16).padStart(24, '0');
      const stored = {
        id,
        tenant: tenant.name,
        tenantId: tenant.id,
        username: `${'abA'[n % 3]}${id.at(-1)}`,
        enabled: true,
        lastModifiedMs: fields.createdAtMs + (n % 3),
        appliedVersion: 1,
        credentialEpoch: 0,
        disableEpoch: 0,
        emailEpoch: 0,
        revision: 0,
        shard: n % shards,
        ...fields,
      };
      const seen = tenants[Math.min(taken, tenants.length - 1)];
      return seen === undefined ? stored : settle(stored, seen);
    });
    return { tenant, profiles, most };
  });
