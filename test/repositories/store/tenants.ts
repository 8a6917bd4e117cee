import { batchRead, type Case, read, write } from './case.ts';
import type { Store } from './store.ts';
import { aTenant, fresh, nextOf, storedTenant, sweepOf, sweptTenant } from './world.ts';

const anyText = expect.any(String);

/** The tenant of a name, and the kind of a tenant's open sweep. */
const heldOf =
  (store: Store, { id, name }: { readonly id: string; readonly name: string }) =>
  async () => [await store.findTenant(name), (await sweepOf(store, { id }))?.kind];

const creating: readonly Case[] = [
  write('createTenant', 'a free name', async (store) => {
    const tenant = aTenant();
    return {
      call: () => store.createTenant(tenant),
      answer: true,
      held: heldOf(store, tenant),
      holds: [tenant, undefined],
    };
  }),
  write('createTenant', 'a taken name', async (store) => {
    const tenant = await storedTenant(store);
    return {
      call: () => store.createTenant(aTenant({ name: tenant.name })),
      answer: false,
      held: heldOf(store, tenant),
      holds: [tenant, undefined],
    };
  }),
];

const updating = (['updateTenant', 'updateTenantAndSweep'] as const).flatMap((update): readonly Case[] => {
  const kind = update === 'updateTenantAndSweep' ? 'settle' : undefined;
  return [
    write(update, 'as it was read', async (store) => {
      const next = nextOf(await storedTenant(store));
      return {
        call: () => store[update](next),
        answer: true,
        held: heldOf(store, next),
        holds: [next, kind],
      };
    }),
    write(update, 'changed meanwhile', async (store) => {
      const read = await storedTenant(store);
      const meanwhile = nextOf(read);
      await store.updateTenant(meanwhile);
      return {
        call: () => store[update]({ ...nextOf(read), pending: read.pending }),
        answer: false,
        held: heldOf(store, meanwhile),
        holds: [meanwhile, undefined],
      };
    }),
    write(update, 'gone', async (store) => {
      const gone = aTenant();
      return {
        call: () => store[update](nextOf(gone)),
        answer: false,
        held: heldOf(store, gone),
        holds: [undefined, undefined],
      };
    }),
    write(update, 'another one under its name', async (store) => {
      const other = await storedTenant(store);
      const gone = aTenant({ name: other.name });
      return {
        call: () => store[update](nextOf(gone)),
        answer: false,
        held: heldOf(store, { ...gone, name: other.name }),
        holds: [other, undefined],
      };
    }),
  ];
});

/** One that is read and whose body stays: what changes are flags. */
async function flagsOf(store: Store) {
  const stored = await storedTenant(store);
  const read = (await store.findTenant(stored.name)) ?? stored;
  return { read, next: { ...read, version: read.version + 1, ssoEnabled: !read.ssoEnabled } };
}

const flagging: readonly Case[] = [
  write('updateTenant', 'flags only', async (store) => {
    const { next } = await flagsOf(store);
    return { call: () => store.updateTenant(next), answer: true, held: heldOf(store, next), holds: [next, undefined] };
  }),
  write('updateTenant', 'flags only, changed meanwhile', async (store) => {
    const { read, next } = await flagsOf(store);
    const meanwhile = nextOf(read);
    await store.updateTenant(meanwhile);
    return {
      call: () => store.updateTenant(next),
      answer: false,
      held: heldOf(store, next),
      holds: [meanwhile, undefined],
    };
  }),
  write('updateTenant', 'flags only, made anew as it was', async (store) => {
    const { read, next } = await flagsOf(store);
    const anew = { ...read, availableRoles: ['NEW'], pending: [] };
    await store.deleteTenant(read, 9);
    await store.createTenant(anew);
    return {
      call: () => store.updateTenant({ ...next, availableRoles: anew.availableRoles, pending: anew.pending }),
      answer: true,
      held: () => store.findTenant(next.name),
      holds: { ...anew, version: next.version, ssoEnabled: next.ssoEnabled },
    };
  }),
];

const aPass = { scope: 'recent', version: 4, beganAtMs: 1, after: 'a', dueAtMs: 2, found: true, left: [] } as const;

const sweeping: readonly Case[] = [
  write('updateTenantAndSweep', 'a sweep under way, which keeps its place', async (store) => {
    const { tenant, sweep } = await sweptTenant(store);
    await store.saveSweep(sweep, aPass);
    const before = await sweepOf(store, tenant);
    return {
      call: () => store.updateTenantAndSweep(nextOf(tenant)),
      answer: true,
      held: () => sweepOf(store, tenant),
      holds: { ...before, revision: expect.not.stringMatching(`^${before?.revision}$`) },
    };
  }),
  write('deleteTenant', 'a sweep of its change under way', async (store) => {
    const { tenant, sweep } = await sweptTenant(store);
    await store.saveSweep(sweep, aPass);
    return {
      call: () => store.deleteTenant(tenant, 9),
      answer: true,
      held: () => sweepOf(store, tenant),
      holds: {
        tenantId: tenant.id,
        tenant: tenant.name,
        kind: 'delete',
        openedAtMs: 9,
        index: { fields: ['*', 'attributes.x.deep', 'attributes.y', 'roles'], shards: 1 },
        revision: anyText,
      },
    };
  }),
];

const deleting: readonly Case[] = [
  write('deleteTenant', 'one that is there', async (store) => {
    const tenant = await storedTenant(store);
    return {
      call: () => store.deleteTenant(tenant, 9),
      answer: true,
      held: heldOf(store, tenant),
      holds: [undefined, 'delete'],
    };
  }),
  write('deleteTenant', 'gone', async (store) => {
    const gone = aTenant();
    return {
      call: () => store.deleteTenant(gone, 9),
      answer: false,
      held: heldOf(store, gone),
      holds: [undefined, undefined],
    };
  }),
  write('deleteTenant', 'changed meanwhile', async (store) => {
    const tenant = await storedTenant(store);
    const now = nextOf(tenant);
    await store.updateTenant(now);
    return {
      call: () => store.deleteTenant(tenant, 9),
      answer: false,
      held: heldOf(store, tenant),
      holds: [now, undefined],
    };
  }),
  write('deleteTenant', 'another one under its name', async (store) => {
    const other = await storedTenant(store);
    const gone = aTenant({ name: other.name });
    return {
      call: () => store.deleteTenant(gone, 9),
      answer: false,
      held: heldOf(store, gone),
      holds: [other, undefined],
    };
  }),
];

const ending: readonly Case[] = [
  write('endSettling', 'nothing left to do', async (store) => {
    const { tenant, sweep } = await sweptTenant(store);
    const next = nextOf(tenant, { pending: [] });
    return {
      call: () => store.endSettling(next, sweep),
      answer: true,
      held: heldOf(store, next),
      holds: [next, undefined],
    };
  }),
  write('endSettling', 'newer changes left, for which it begins anew', async (store) => {
    const { tenant, sweep: opened } = await sweptTenant(store);
    await store.saveSweep(opened, aPass);
    const sweep = (await sweepOf(store, tenant)) ?? opened;
    const next = nextOf(tenant, { pending: tenant.pending });
    return {
      call: () => store.endSettling(next, sweep),
      answer: true,
      held: async () => [await store.findTenant(next.name), await sweepOf(store, next)],
      holds: [next, { ...sweep, pass: undefined, revision: expect.not.stringMatching(`^${sweep.revision}$`) }],
    };
  }),
  write('endSettling', 'the tenant changed meanwhile', async (store) => {
    const { tenant, sweep } = await sweptTenant(store);
    const meanwhile = nextOf(tenant);
    await store.updateTenant(meanwhile);
    return {
      call: () => store.endSettling(nextOf(tenant), sweep),
      answer: false,
      held: heldOf(store, tenant),
      holds: [meanwhile, 'settle'],
    };
  }),
  write('endSettling', 'the sweep moved on meanwhile', async (store) => {
    const { tenant, sweep } = await sweptTenant(store);
    await store.saveSweep(sweep, aPass);
    return {
      call: () => store.endSettling(nextOf(tenant), sweep),
      answer: false,
      held: heldOf(store, tenant),
      holds: [tenant, 'settle'],
    };
  }),
];

const reading: readonly Case[] = [
  batchRead('findTenant', 'one that is there', async (store) => {
    const tenant = await storedTenant(store);
    return { call: () => store.findTenant(tenant.name), answer: tenant };
  }),
  read('findTenant', 'one that was read before', async (store) => {
    const tenant = await storedTenant(store);
    await store.findTenant(tenant.name);
    return { call: () => store.findTenant(tenant.name), answer: tenant };
  }),
  batchRead(
    'findTenant',
    'one that was read and is another one by now, with the same id and version',
    async (store) => {
      const tenant = await storedTenant(store);
      await store.findTenant(tenant.name);
      await store.deleteTenant(tenant, 9);
      const anew = { ...tenant, availableRoles: ['NEW'], attributeDefinitions: [] };
      await store.createTenant(anew);
      return { call: () => store.findTenant(tenant.name), answer: anew };
    },
  ),
  read('findTenant', 'one that was read and is gone', async (store) => {
    const tenant = await storedTenant(store);
    await store.findTenant(tenant.name);
    await store.deleteTenant(tenant, 9);
    return { call: () => store.findTenant(tenant.name), answer: undefined };
  }),
  read('findTenant', 'none', async (store) => ({ call: () => store.findTenant(fresh('none')), answer: undefined })),
  read('listTenants', 'two, made in the other order', async (store) => {
    const [first, second] = [aTenant(), aTenant()];
    await store.createTenant(second);
    await store.createTenant(first);
    return { call: async () => (await store.listTenants()).slice(-2), answer: [first, second] };
  }),
  read('tenantIds', 'two', async (store) => {
    const [first, second] = [aTenant(), aTenant()];
    await store.createTenant(first);
    await store.createTenant(second);
    const call = async () => {
      const ids = await store.tenantIds();
      return [ids.get(first.name), ids.get(second.name), ids.size];
    };
    return { call, answer: [first.id, second.id, (await store.listTenants()).length] };
  }),
  read('everyTenant', 'as many as are listed', async (store) => {
    const one = await storedTenant(store);
    const call = async () => {
      const all = await store.everyTenant();
      return [all.find(({ id }) => id === one.id), all.length];
    };
    return { call, answer: [one, (await store.listTenants()).length] };
  }),
  read('countTenants', 'as many as are listed', async (store) => {
    await storedTenant(store);
    return { call: () => store.countTenants(), answer: (await store.listTenants()).length };
  }),
];

/** What is promised of tenants. */
export const tenantCases: readonly Case[] = [
  ...creating,
  ...updating,
  ...flagging,
  ...sweeping,
  ...deleting,
  ...ending,
  ...reading,
];
