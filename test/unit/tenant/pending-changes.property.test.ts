import fc from 'fast-check';
import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { appendPending, type PendingChange, settle } from '../../../functions/shared/domain/tenant/pending-changes.ts';
import { asAttributes } from '../../support/attributes.ts';
import { exampleProfile } from '../../support/example-profile.ts';
import { exampleTenant } from '../../support/example-tenant.ts';
import { runs } from '../../support/thoroughness.ts';

const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 });
const changes = fc.array(
  fc.record({
    removeRoles: names,
    removeAttributes: names,
    defaults: fc
      .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(1, 2)), { selector: ([name]) => name })
      .map((entries) => asAttributes(entries)),
  }),
  { maxLength: 8 },
);
const nothing = {
  atMs: 0,
  removeRoles: [],
  removeAttributes: [],
  defaults: asAttributes([]),
  indexFields: [],
  dropFields: [],
};
const numbered = (list: readonly Partial<PendingChange>[]): readonly PendingChange[] =>
  list.map((change, index) => ({ ...nothing, ...change, version: index + 2 }));

const tenant = exampleTenant({ name: 't', version: 10, cleanseAttributes: false });
const profile = exampleProfile({ tenant: 't', tenantId: tenant.id });
const outcome = (stored: Profile, pending: readonly PendingChange[]) => {
  const { roles, attributes } = settle(stored, { ...tenant, pending });
  return [roles, new Map([...attributes].sort())];
};

test('the shortened list has the outcome of all changes, for a profile of any version', () => {
  fc.assert(
    fc.property(changes, fc.integer({ min: 1, max: 10 }), names, names, (list, appliedVersion, roles, attributes) => {
      const all = numbered(list);
      const short = all.reduce<readonly PendingChange[]>(appendPending, []);
      const stored = {
        ...profile,
        appliedVersion,
        roles,
        attributes: asAttributes(attributes.map((name) => [name, 0])),
      };
      expect(outcome(stored, short)).toEqual(outcome(stored, all));
    }),
    { numRuns: runs(2000) },
  );
});

test('a settled profile is not changed again', () => {
  fc.assert(
    fc.property(changes, names, names, (list, roles, attributes) => {
      const changed = { ...tenant, pending: numbered(list) };
      const once = settle(
        { ...profile, roles, attributes: asAttributes(attributes.map((name) => [name, 0])) },
        changed,
      );
      expect(settle(once, changed)).toBe(once);
    }),
  );
});

test('the same change over and over is one entry', () => {
  const change = {
    ...nothing,
    removeRoles: ['a'],
    removeAttributes: ['b'],
    defaults: asAttributes([['c', { deep: [1] }]]),
  };
  const pending = [2, 3, 4, 5].reduce<readonly PendingChange[]>(
    (list, version) => appendPending(list, { ...change, version, defaults: new Map(change.defaults) }),
    [],
  );
  expect(pending).toEqual([{ ...change, version: 5 }]);
});

test('a change that touches no profile leaves the list as it is', () => {
  const pending = numbered([{ removeRoles: ['a'] }]);
  expect(appendPending(pending, { ...nothing, version: 3 })).toBe(pending);
});

test('a default value is kept where another one of the attribute lies between', () => {
  const spread = (version: number, value: number): PendingChange => ({
    ...nothing,
    version,
    defaults: asAttributes([['a', value]]),
  });
  const list = [spread(2, 1), spread(3, 2), spread(4, 1)];
  expect(list.reduce<readonly PendingChange[]>(appendPending, [])).toEqual(list);
});
