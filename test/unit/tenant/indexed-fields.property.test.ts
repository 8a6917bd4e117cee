import fc from 'fast-check';
import { touchesIndex } from '../../../functions/shared/domain/profile/indexed-profile.ts';
import { applyChange, type ProfileChange } from '../../../functions/shared/domain/profile/profile-change.ts';
import { entriesOf } from '../../../functions/shared/domain/profile-list/index/entries.ts';
import { abandonedIndexParts, everyIndexPart } from '../../../functions/shared/domain/sweep/index-partitions.ts';
import {
  changeOfFields,
  fieldsOfStored,
  indexedFieldsOf,
} from '../../../functions/shared/domain/tenant/indexed-fields.ts';
import { appendPending, carriedOut, lagOf } from '../../../functions/shared/domain/tenant/pending-changes.ts';
import { reindexed } from '../../../functions/shared/domain/tenant/reindex-tenant.ts';
import type { Tenant } from '../../../functions/shared/domain/tenant/tenant.ts';
import type { JsonValue } from '../../../functions/shared/domain/values/json.ts';
import { asAttributes } from '../../support/attributes.ts';
import { definition } from '../../support/definitions.ts';
import { exampleProfile } from '../../support/example-profile.ts';
import { exampleTenant } from '../../support/example-tenant.ts';
import { runs } from '../../support/thoroughness.ts';

const names = Array.from({ length: 60 }, (_, index) => `a${index}`);
const wish: fc.Arbitrary<JsonValue> = fc.constantFrom(true, false, 'wrong', ['x'], ['x', 'y.z']);
const definitions = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...names), wish), { selector: ([name]) => name, maxLength: 60 })
  .map((all) => all.map(([name, indexed]) => definition(name, { metadata: { indexed } })));
const history = fc.array(definitions, { minLength: 1, maxLength: 6 });

/** The tenant with other definitions, as a call changes it. */
function redefined(tenant: Tenant, attributeDefinitions: Tenant['attributeDefinitions']): Tenant {
  const version = tenant.version + 1;
  const changed = { ...tenant, attributeDefinitions, version };
  const change = { version, atMs: 0, removeRoles: [], removeAttributes: [], defaults: new Map() };
  return { ...changed, pending: appendPending(tenant.pending, { ...change, ...changeOfFields(tenant, changed) }) };
}

/** A tenant as it was at each of its versions, from the first on. */
const tenantsOf = (all: readonly Tenant['attributeDefinitions'][]): readonly Tenant[] => {
  const tenants = [exampleTenant()];
  for (const one of all) tenants.push(redefined(tenants.at(-1) ?? exampleTenant(), one));
  return tenants;
};
const sorted = (fields: Iterable<string>) => [...fields].sort();

test('a stored profile has the fields of its version, however far its tenant has gone on', () => {
  fc.assert(
    fc.property(history, fc.nat(6), (all, done) => {
      const tenants = tenantsOf(all);
      const last = tenants.at(-1) ?? exampleTenant();
      const current = carriedOut(last, Math.min(done, last.version));
      for (const then of tenants.filter(({ version }) => version >= Math.min(done, last.version))) {
        const fields = fieldsOfStored({ shard: 0, appliedVersion: then.version }, current);
        expect(sorted(fields)).toEqual(sorted(indexedFieldsOf(then)));
      }
      expect(fieldsOfStored({ appliedVersion: 1 }, last)).toEqual([]);
    }),
    { numRuns: runs(500) },
  );
});

test('all its entries are where the sweep of a deleted tenant looks for them', () => {
  const attributes = asAttributes(names.map((name) => [name, { x: [1, 2], y: { z: 'text' } }]));
  fc.assert(
    fc.property(history, (all) => {
      const tenants = tenantsOf(all);
      const last = tenants.at(-1) ?? exampleTenant();
      const places = new Set(everyIndexPart(last).fields);
      for (const { version: appliedVersion } of tenants) {
        const fields = fieldsOfStored({ shard: 0, appliedVersion }, last);
        const missed = entriesOf(exampleProfile({ attributes }), fields).filter(({ field }) => !places.has(field));
        expect(missed).toEqual([]);
      }
    }),
    { numRuns: runs(300) },
  );
});

test('what is looked through at the end of a change is what it dropped and nobody indexed again; all of it where all is indexed anew', () => {
  const [one, two] = [definition('a', { metadata: { indexed: true } }), definition('a')];
  const [, on, off, again] = tenantsOf([[one], [two], [one]]);
  if (on === undefined || off === undefined || again === undefined) throw new Error('No tenants');
  expect(abandonedIndexParts(on, 2).fields).toEqual([]);
  expect(abandonedIndexParts(off, 2).fields).toEqual([]);
  expect(abandonedIndexParts(off, 3).fields).toEqual(['attributes.a']);
  expect(abandonedIndexParts(again, 4).fields).toEqual([]);
  expect(abandonedIndexParts(reindexed(off, 2, 0), 4)).toEqual({ fields: ['*', 'attributes.a', 'roles'], shards: 2 });
});

test('while all is indexed anew a profile that has not followed has nothing that counts', () => {
  const [, tenant] = tenantsOf([[definition('a', { metadata: { indexed: true } })]]);
  if (tenant === undefined) throw new Error('No tenant');
  const anew = reindexed(tenant, 1, 0);
  expect(fieldsOfStored({ shard: 0, appliedVersion: 2 }, anew)).toEqual([]);
  expect(sorted(fieldsOfStored({ shard: 0, appliedVersion: 3 }, anew))).toEqual(['attributes.a', 'roles']);
  expect(lagOf({ appliedVersion: 2 }, anew)).toHaveLength(1);
});

const role = fc.constantFrom('A', 'B');
const value: fc.Arbitrary<JsonValue> = fc.constantFrom(1, 'text', null, [1, 2], { x: 'deep' });
const attribute = fc.constantFrom('a', 'b', 'c', 'roles');
const attributes = fc.array(fc.tuple(attribute, value), { maxLength: 3 }).map((all) => asAttributes(all));
const change: fc.Arbitrary<ProfileChange> = fc.record(
  {
    verified: fc.boolean(),
    email: fc.constant('b@example.com'),
    roles: fc.oneof(
      fc.record({ add: fc.array(role) }),
      fc.record({ remove: fc.array(role) }),
      fc.record({ replace: fc.array(role) }),
    ),
    attributes: fc.oneof(
      fc.record({ set: attributes }),
      fc.record({ replace: attributes }),
      fc.record({ remove: fc.array(attribute) }),
    ),
  },
  { requiredKeys: [] },
);
const fields = fc.subarray(['roles', 'attributes.a', 'attributes.b.x', 'attributes.roles']);

test('a change that touches nothing indexed leaves the entries of any profile as they are', () => {
  fc.assert(
    fc.property(fields, change, fc.array(role), attributes, (indexed, wanted, roles, before) => {
      const profile = exampleProfile({ roles: [...new Set(roles)], attributes: before });
      if (touchesIndex({ profile, fields: indexed }, wanted)) return;
      expect(entriesOf(applyChange(profile, wanted), indexed)).toEqual(entriesOf(profile, indexed));
    }),
    { numRuns: runs(2000) },
  );
});
