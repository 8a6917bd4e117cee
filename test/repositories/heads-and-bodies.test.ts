import { inInvocation } from '../../functions/shared/config/invocation.ts';
import type { Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import {
  createAccessToken,
  deleteAccessToken,
  findAccessToken,
  listAccessTokens,
} from '../../functions/shared/repositories/access-tokens.ts';
import { tenantToItems } from '../../functions/shared/repositories/tenant-items.ts';
import {
  createTenant,
  deleteTenant,
  findTenant,
  listTenants,
  updateTenant,
  updateTenantAndSweep,
} from '../../functions/shared/repositories/tenants.ts';
import { type Faults, installFaults, type Operation } from '../support/faults.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { findOrphans } from '../support/orphans.ts';
import { anAccessToken, aTenant, fresh, manyPermissions, nextOf } from './store/world.ts';

let api: LocalApi;
let store: Faults;

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
});
afterAll(() => api.stop());
beforeEach(() => {
  store = installFaults();
});
afterEach(() => store.uninstall());

const operations = () => store.calls.splice(0).map(({ operation }) => operation);

async function created(partial: Partial<Tenant> = {}): Promise<Tenant> {
  const tenant = aTenant({ pending: [], ...partial });
  expect(await createTenant(tenant)).toBe(true);
  store.calls.length = 0;
  return tenant;
}

/** Once the next call of the operation has its answer, and before anybody hears of it. */
const behindNext = (operation: Operation, act: () => Promise<unknown>) =>
  store.wrapNext(operation, async (call) => {
    const answer = await call();
    await act();
    return answer;
  });

/** A look for head and body, of which the head is read before something happens, and the body after it. */
function lookAround<Found>(look: () => Promise<Found>, act: () => Promise<unknown>): Promise<Found> {
  store.cutNext('BatchGetItem', 1);
  behindNext('BatchGetItem', act);
  return look();
}

const stored = async (table: 'profiles' | 'tokens', name: string) =>
  (await api.items(table)).filter(({ sk }) => sk === name);

describe('a tenant', () => {
  test('comes as head and body in one call, and then as its head', async () => {
    const tenant = await created();
    for (const call of ['BatchGetItem', 'GetItem', 'GetItem'])
      expect([await findTenant(tenant.name), operations()]).toEqual([tenant, [call]]);
  });

  test('that is none is asked for whole at each look, and nothing is kept of it', async () => {
    const name = fresh('none');
    for (const call of ['BatchGetItem', 'BatchGetItem'])
      expect([await findTenant(name), operations()]).toEqual([undefined, [call]]);
    const tenant = await created({ name });
    expect(await findTenant(name)).toEqual(tenant);
  });

  test('that no key can hold is none', async () => {
    expect([await findTenant('x'.repeat(1025)), await findTenant(''), operations()]).toEqual([
      undefined,
      undefined,
      [],
    ]);
  });

  test('whose name is as long as it may be is stored', async () => {
    const tenant = await created({ name: fresh('n').padEnd(512, 'n') });
    expect(await findTenant(tenant.name)).toEqual(tenant);
  });

  test('that changes between head and body is the changed one', async () => {
    const tenant = await created();
    const next = nextOf(tenant, { availableRoles: ['NEXT'] });
    expect(
      await lookAround(
        () => findTenant(tenant.name),
        () => updateTenant(next),
      ),
    ).toEqual(next);
    expect(operations()).toEqual(['TransactWriteItems', 'BatchGetItem', 'BatchGetItem', 'BatchGetItem']);
  });

  test('that is deleted between head and body is none', async () => {
    const tenant = await created();
    expect(
      await lookAround(
        () => findTenant(tenant.name),
        () => deleteTenant(tenant, 9),
      ),
    ).toBeUndefined();
  });

  test('that is deleted and made anew in between, with the same id and version, is the new one', async () => {
    const tenant = await created();
    const anew = { ...tenant, ssoEnabled: !tenant.ssoEnabled, availableRoles: ['ANEW'] };
    const replace = async () => (await deleteTenant(tenant, 9)) && createTenant(anew);
    expect(await lookAround(() => findTenant(tenant.name), replace)).toEqual(anew);
  });

  test('that is known and has changed is looked at once more', async () => {
    const tenant = await created();
    await findTenant(tenant.name);
    const next = nextOf(tenant, { availableRoles: ['NEXT'] });
    // As another sandbox changes it: this one goes on with the body that it knows.
    await api.put('profiles', Object.values(tenantToItems(next)));
    store.calls.length = 0;
    expect([await findTenant(tenant.name), operations()]).toEqual([next, ['GetItem', 'BatchGetItem']]);
    expect([await findTenant(tenant.name), operations()]).toEqual([next, ['GetItem']]);
  });

  test('whose flags change is one update of the head, and its body stays known', async () => {
    const tenant = await created();
    const read = (await findTenant(tenant.name)) ?? tenant;
    const next = { ...read, version: read.version + 1, ssoEnabled: !read.ssoEnabled };
    store.calls.length = 0;
    expect([await updateTenant(next), operations()]).toEqual([true, ['UpdateItem']]);
    expect([await findTenant(tenant.name), operations()]).toEqual([next, ['GetItem']]);
    expect(await updateTenant(next)).toBe(false);
  });

  test('of fifty changes at once takes in one, whole', async () => {
    const tenant = await created();
    const read = (await findTenant(tenant.name)) ?? tenant;
    const version = read.version + 1;
    const changes = Array.from({ length: 50 }, (_, index) =>
      index % 2 === 0
        ? { ...read, version, ssoEnabled: !read.ssoEnabled }
        : nextOf(read, { availableRoles: [`${index}`] }),
    );
    const outcomes = await Promise.all(changes.map(updateTenant));
    expect(outcomes.filter((done) => done)).toHaveLength(1);
    expect(await findTenant(tenant.name)).toEqual(changes[outcomes.indexOf(true)]);
  });

  test('whose body is another one at every look is a 500 once the time is up', async () => {
    const tenant = await created();
    const body = (await stored('profiles', tenant.name)).find(({ pk }) => pk === 'TENANT_BODY');
    await api.put('profiles', [{ ...body, bodyVersion: 'another' }]);
    const look = () => findTenant(tenant.name);
    await expect(inInvocation({ operation: 'x' }, look, Date.now() - 1)).rejects.toThrow('Internal server error');
    await api.put('profiles', [{ ...body }]);
    expect(await look()).toEqual(tenant);
  });
});

test('tenants are listed in one trip; one that changes, goes or comes meanwhile is as it is then', async () => {
  const [changed, gone, still] = [await created(), await created(), await created()];
  const next = nextOf(changed, { availableRoles: ['NEXT'] });
  const headsRead = Promise.withResolvers<void>();
  behindNext('Query', async () => headsRead.resolve());
  store.wrapNext('Query', async (call) => {
    await headsRead.promise;
    await updateTenantAndSweep(next);
    await deleteTenant(gone, 9);
    await created();
    return call();
  });
  const names = new Set([changed.name, gone.name, still.name]);
  expect((await listTenants()).filter(({ name }) => names.has(name))).toEqual([next, still]);
  store.calls.length = 0;
  await listTenants();
  expect(operations()).toEqual(['Query', 'Query']);
});

describe('an access token with many permissions', () => {
  const created = async (partial = {}) => {
    const token = anAccessToken({ tenantPermissions: manyPermissions, ...partial });
    expect(await createAccessToken(token)).toBe(true);
    store.calls.length = 0;
    return token;
  };

  test('is a head and a body, which is read once', async () => {
    const token = await created();
    expect([await findAccessToken(token.id), operations()]).toEqual([token, ['GetItem', 'BatchGetItem']]);
    expect([await findAccessToken(token.id), operations()]).toEqual([token, ['GetItem']]);
    const [head] = await stored('tokens', token.id);
    expect(JSON.stringify(head).length).toBeLessThan(500);
  });

  test('that is made anew between head and body is the new one, and none once it is deleted', async () => {
    const token = await created();
    const anew = { ...token, tenantPermissions: manyPermissions.slice(1) };
    const replace = () => deleteAccessToken(token.id).then(() => createAccessToken(anew));
    expect(await lookAround(() => findAccessToken(token.id), replace)).toEqual(anew);
    const small = { ...token, tenantPermissions: manyPermissions.slice(0, 1) };
    await deleteAccessToken(token.id);
    await createAccessToken(small);
    expect([await findAccessToken(token.id), (await stored('tokens', token.id)).length]).toEqual([small, 1]);
    await deleteAccessToken(token.id);
    expect([await findAccessToken(token.id), await stored('tokens', token.id)]).toEqual([undefined, []]);
  });

  test('is deleted whole, and listed beside the others', async () => {
    const [large, small] = [await created(), await created({ tenantPermissions: [] })];
    const ids = new Set([large.id, small.id]);
    expect((await listAccessTokens()).filter(({ id }) => ids.has(id))).toEqual([large, small]);
    await deleteAccessToken(large.id);
    expect(await stored('tokens', large.id)).toEqual([]);
  });

  test('keeps them in its head up to 2 KB of text', async () => {
    const permission = { tenant: '', allowedActions: null };
    const room = 2048 - JSON.stringify([permission]).length;
    for (const [length, items] of [
      [room, 1],
      [room + 1, 2],
    ] as const) {
      const token = await created({ tenantPermissions: [{ ...permission, tenant: 't'.repeat(length) }] });
      expect([await findAccessToken(token.id), (await stored('tokens', token.id)).length]).toEqual([token, items]);
    }
  });
});

test('made, read and deleted by many at once, each is read whole or not at all', async () => {
  const [tenant, token] = [aTenant({ pending: [] }), anAccessToken({ tenantPermissions: manyPermissions })];
  const tenantOf = (index: number) => ({ ...tenant, availableRoles: [`${index}`], ssoEnabled: index % 2 === 0 });
  const tokenOf = (index: number) => ({
    ...token,
    application: `${index}`,
    tenantPermissions: [{ tenant: `${index}`, allowedActions: null }, ...(index % 2 === 0 ? manyPermissions : [])],
  });
  const work = async (index: number) => {
    await Promise.all([createTenant(tenantOf(index)), createAccessToken(tokenOf(index))]);
    const [found, caller] = await Promise.all([findTenant(tenant.name), findAccessToken(token.id)]);
    if (found) expect(found).toEqual(tenantOf(Number(found.availableRoles[0])));
    if (caller) expect(caller).toEqual(tokenOf(Number(caller.application)));
    await Promise.all([deleteTenant(tenant, 9), deleteAccessToken(token.id)]);
    return [found, caller].filter((one) => one !== undefined).length;
  };
  const seen = await Promise.all(Array.from({ length: 40 }, (_, index) => work(index)));
  expect(Math.max(...seen)).toBe(2);
  expect([await stored('profiles', tenant.name), await stored('tokens', token.id)]).toEqual([[], []]);
});

test('no head or body is left over', async () => {
  expect((await findOrphans(api)).filter((orphan) => /^a (head|body) /.test(orphan))).toEqual([]);
});
