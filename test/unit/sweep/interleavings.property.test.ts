import fc from 'fast-check';
import * as addProfileRoles from '../../../functions/profile/add-profile-roles.ts';
import * as getProfile from '../../../functions/profile/get-profile.ts';
import * as removeProfileAttributes from '../../../functions/profile/remove-profile-attributes.ts';
import * as updateProfileAttributes from '../../../functions/profile/update-profile-attributes.ts';
import { wireLines } from '../../../functions/shared/config/wire-line.ts';
import { asIndexed } from '../../../functions/shared/domain/profile/indexed-profile.ts';
import { newProfile, type Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { type SweepDependencies, sweepTenants } from '../../../functions/shared/domain/sweep/sweep.ts';
import type { AttributeDefinition } from '../../../functions/shared/domain/tenant/attribute-definitions.ts';
import { requireOnAttributes } from '../../../functions/shared/domain/tenant/attribute-permissions.ts';
import type { Tenant } from '../../../functions/shared/domain/tenant/tenant.ts';
import * as addAttributeDefinitions from '../../../functions/tenant/add-attribute-definitions.ts';
import * as removeAttributeDefinitions from '../../../functions/tenant/remove-attribute-definitions.ts';
import * as removeTenantRoles from '../../../functions/tenant/remove-tenant-roles.ts';
import * as updateAttributeDefinitions from '../../../functions/tenant/update-attribute-definitions.ts';
import { asAttributes, valuesOf } from '../../support/attributes.ts';
import { exampleAccessToken } from '../../support/example-access-token.ts';
import { runs } from '../../support/thoroughness.ts';
import { canonical, isSequential, type Observed, type Operation, type State } from './model.ts';
import { World } from './world.ts';

// Pauses take no time here: the scheduler alone says who is next, and waits for no clock.
jest.mock('node:timers/promises', () => ({ setTimeout: async () => undefined }));

process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';

const wireLine = wireLines['3.1'];
const id = '5a0000000000000000000001';
const permissions = [{ application: '*', allowedActions: ['*'] }];
const token = exampleAccessToken({ tenantPermissions: [{ tenant: '*', allowedActions: ['*'] }] });
const definitionOf = (name: string, indexed = true) =>
  ({ name, metadata: { indexed }, defaultValue: null, permissions }) satisfies AttributeDefinition;
const tenant: Tenant = {
  id: '5a0000000000000000000000',
  name: 't',
  version: 1,
  createdAtMs: 0,
  verifyNewProfiles: false,
  ssoEnabled: false,
  cleanseAttributes: false,
  availableRoles: [],
  attributeDefinitions: [definitionOf('x')],
  pending: [],
  shards: 1,
};
const old = asAttributes([['x', 'old']]);
const wanted = { username: 'u', email: 'e', enabled: true, roles: ['R'], attributes: old };

const contentOf = ({ roles, attributes }: Pick<Profile, 'roles' | 'attributes'>) => ({
  roles,
  attributes: Object.fromEntries(valuesOf(attributes)),
});

/** Runs the real endpoint on the world. */
async function perform(world: World, operation: Operation): Promise<string> {
  const { store } = world;
  const request = {
    caller: Promise.resolve(token),
    files: new Map<string, never>(),
    query: [],
    settings: { wireLine },
  };
  const ofTenant = { name: 't' };
  const ofProfile = { id, attributesToReturn: undefined };
  switch (operation.type) {
    case 'removeRole':
      await removeTenantRoles.handle(store, {
        ...request,
        body: undefined,
        parameters: { ...ofTenant, role: [operation.role] },
      });
      return 'ok';
    case 'define': {
      const body = [{ ...definitionOf(operation.name, operation.indexed), defaultValue: operation.defaultValue }];
      await addAttributeDefinitions.handle(store, { ...request, body: structuredClone(body), parameters: ofTenant });
      return 'ok';
    }
    case 'index':
      await updateAttributeDefinitions.handle(store, {
        ...request,
        body: [definitionOf(operation.name, operation.indexed)],
        parameters: ofTenant,
      });
      return 'ok';
    case 'undefine':
      await removeAttributeDefinitions.handle(store, {
        ...request,
        body: undefined,
        parameters: { ...ofTenant, attributeName: [operation.name] },
      });
      return 'ok';
    case 'addRole':
      await addProfileRoles.handle(store, {
        ...request,
        body: undefined,
        parameters: { ...ofProfile, role: [operation.role] },
      });
      return 'ok';
    case 'set':
      await updateProfileAttributes.handle(store, {
        ...request,
        body: { [operation.name]: operation.value },
        parameters: ofProfile,
      });
      return 'ok';
    case 'unset':
      await removeProfileAttributes.handle(store, {
        ...request,
        body: undefined,
        parameters: { ...ofProfile, attributeName: [operation.name] },
      });
      return 'ok';
    case 'create': {
      const found = await store.findTenant();
      requireOnAttributes(token, found, [operation.name], 'WRITE_ATTRIBUTE');
      const attributes = asAttributes([[operation.name, 'created']]);
      const profile = newProfile(found, { ...wanted, roles: [operation.role], attributes }, wireLine, store.nowMs());
      await store.createProfile(asIndexed({ ...profile, id: operation.id }, found));
      return 'ok';
    }
    case 'look':
    case 'read': {
      const read = await getProfile.handle(store, { ...request, body: undefined, parameters: ofProfile });
      return canonical(contentOf(read));
    }
  }
}

const role = fc.constantFrom('R', 'S');
const name = fc.constantFrom('x', 'y');
const defaultValue = fc.constantFrom(null, 'd1', 'd2');
const operations = fc
  .array(
    fc.oneof(
      fc.record({ type: fc.constant('removeRole' as const), role }),
      fc.record({ type: fc.constant('define' as const), name, defaultValue, indexed: fc.boolean() }),
      fc.record({ type: fc.constant('index' as const), name, indexed: fc.boolean() }),
      fc.record({ type: fc.constant('undefine' as const), name }),
      fc.record({ type: fc.constant('addRole' as const), role }),
      fc.record({ type: fc.constant('set' as const), name, value: fc.constantFrom('v1', 'v2') }),
      fc.record({ type: fc.constant('unset' as const), name }),
      fc.record({ type: fc.constant('create' as const), id: fc.constant(''), role, name }),
      fc.record({ type: fc.constant('read' as const), id: fc.constant('') }),
    ),
    { minLength: 2, maxLength: 7 },
  )
  .map((list) =>
    list.map((operation, index) => ('id' in operation ? { ...operation, id: `${operation.type}${index}` } : operation)),
  );

/** The worker's calls, of which the ones at these positions never come back: it was killed there. */
function mortal(deps: SweepDependencies, kills: ReadonlySet<number>): SweepDependencies {
  let calls = 0;
  const die = () => {
    if (kills.has(++calls)) throw new Error('Killed');
  };
  return {
    ...deps,
    settleProfile: async (...parameters) => {
      die();
      return deps.settleProfile(...parameters);
    },
    saveSweep: async (...parameters) => {
      die();
      return deps.saveSweep(...parameters);
    },
    endSettling: async (...parameters) => {
      die();
      return deps.endSettling(...parameters);
    },
  };
}

/** Runs all operations and two workers in the order that the scheduler decides. */
async function observe(scheduler: fc.Scheduler, list: readonly Operation[], kills: readonly number[]) {
  const world = new World(tenant, (label) => scheduler.schedule(Promise.resolve(), label));
  const first = { ...newProfile(tenant, wanted, wireLine, world.store.nowMs() - 1000), id };
  world.put(undefined, asIndexed(first, tenant));
  let clock = 0;
  let open = list.length;
  const observed: Observed[] = [];
  const clients = list.map(async (operation) => {
    await scheduler.schedule(Promise.resolve(), operation.type);
    const from = clock++;
    const answer = await world
      .request(() => perform(world, operation))
      .catch((error) => (error.kind === 'attributeNotDefined' ? 'ATTRIBUTE_NOT_DEFINED' : Promise.reject(error)));
    const to = clock++;
    if (operation.type === 'read')
      observed.push({ operation: { type: 'look', id: operation.id }, answer: 'ok', from, to });
    observed.push({ operation, answer, from, to });
    open--;
  });
  const deps = mortal(world.sweeping, new Set(kills));
  const worker = async () => {
    while (open > 0 || world.sweeps.size > 0) {
      await scheduler.schedule(Promise.resolve(), 'worker');
      await sweepTenants(deps, () => 900_000).catch(() => undefined);
    }
  };
  await scheduler.waitFor(Promise.all([...clients, worker(), worker()]));
  return { world, observed };
}

test('however changes, writes, reads and two mortal workers interleave, all is as if one came after the other', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      operations,
      fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 4 }),
      async (scheduler, list, kills) => {
        const { world, observed } = await observe(scheduler, list, kills);
        expect(world.tenant.pending).toEqual([]);
        expect([...world.inexact]).toEqual([]);
        const end = new Map(
          [...world.profiles].map(([key, profile]) => [key === id ? 'p' : key, canonical(contentOf(profile))]),
        );
        const start: State = {
          definitions: { x: null },
          profiles: { p: { roles: ['R'], attributes: { x: 'old' } } },
        };
        const matches = ({ profiles }: State) =>
          Object.keys(profiles).length === end.size &&
          Object.entries(profiles).every(([key, content]) => canonical(content) === end.get(key));
        expect({ sequential: isSequential(start, observed, matches), observed, end: [...end] }).toMatchObject({
          sequential: true,
        });
      },
    ),
    { numRuns: runs(1000) },
  );
});
