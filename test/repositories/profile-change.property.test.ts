import * as fc from 'fast-check';
import {
  type AttributesChange,
  applyChange,
  type ProfileChange,
  type RolesChange,
} from '../../functions/shared/domain/profile/profile-change.ts';
import type { JsonValue } from '../../functions/shared/domain/values/json.ts';
import type { Attributes } from '../../functions/shared/domain/values/json-text.ts';
import { storeIdentity } from '../../functions/shared/repositories/identities.ts';
import { updateProfile } from '../../functions/shared/repositories/profile-writes.ts';
import { findProfile } from '../../functions/shared/repositories/profiles.ts';
import { asAttributes } from '../support/attributes.ts';
import { indexedByRoles } from '../support/indexed.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { runs } from '../support/thoroughness.ts';

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi();
});
afterAll(() => api.stop());

const role = fc.constantFrom('A', 'B', 'C');
const roles = fc.array(role, { maxLength: 4 });
const name = fc.constantFrom('x', 'y', 'a.b', 'roles', '#0');
const value: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.constant(null),
  fc.array(fc.boolean()),
  fc.dictionary(fc.string(), fc.integer(), { noNullPrototype: true }),
);
const attributes: fc.Arbitrary<Attributes> = fc
  .array(fc.tuple(name, value), { maxLength: 4 })
  .map((all) => asAttributes(all));

const rolesChange: fc.Arbitrary<RolesChange> = fc.oneof(
  fc.record({ replace: roles }),
  fc.record({ add: roles }),
  fc.record({ remove: roles }),
);
const attributesChange: fc.Arbitrary<AttributesChange> = fc.oneof(
  fc.record({ replace: attributes }),
  fc.record({ set: attributes }),
  fc.record({ remove: fc.array(name, { maxLength: 4 }) }),
);
const change: fc.Arbitrary<ProfileChange> = fc.record(
  {
    email: fc.constantFrom('a@example.com', 'B@example.com'),
    atMs: fc.constantFrom(0, 5, 2_000_000_000_000),
    verified: fc.boolean(),
    enabled: fc.boolean(),
    roles: rolesChange,
    attributes: attributesChange,
  },
  { requiredKeys: [] },
);
const content = fc.record({
  email: fc.constantFrom('A@example.com', '', null),
  roles: fc.uniqueArray(role),
  attributes,
  enabled: fc.boolean(),
});

/** Sets have no order. */
const plain = (profile: Awaited<ReturnType<typeof findProfile>>) =>
  profile && {
    ...profile,
    roles: [...profile.roles].sort(),
    attributes: JSON.parse(JSON.stringify([...profile.attributes].sort(([a], [b]) => (a < b ? -1 : 1)))),
  };

test('what a change makes of a profile is what the store makes of it', async () => {
  await fc.assert(
    fc.asyncProperty(content, change, async (before, wanted) => {
      const profile = await api.seedProfile(before);
      const changed = plain(applyChange(profile, wanted));
      expect(plain(await updateProfile(indexedByRoles(profile), wanted))).toEqual(changed);
      expect(plain(await findProfile(profile.id))).toEqual(changed);
    }),
    { numRuns: runs(200) },
  );
});

test('the profile that a transaction answers is the one that it left', async () => {
  await fc.assert(
    fc.asyncProperty(content, change, fc.boolean(), async (before, wanted, renames) => {
      const profile = await api.seedProfile({ ...before, credentialEpoch: 1 });
      const username = renames ? `${profile.username}-new` : undefined;
      const outcome = await storeIdentity(indexedByRoles(profile), wanted, { username, passwordHash: 'hash' });
      if (typeof outcome === 'string') throw new Error(outcome);
      expect([outcome.credentialEpoch, outcome.username]).toEqual([2, username ?? profile.username]);
      expect(plain(outcome)).toEqual(plain(await findProfile(profile.id)));
    }),
    { numRuns: runs(100) },
  );
});
