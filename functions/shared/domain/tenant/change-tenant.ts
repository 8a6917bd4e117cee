import { noteChange } from '../../audit/tally.ts';
import { assertThat, noSuchTenant } from '../../errors/api-error.ts';
import type { AccessToken } from '../access/access-token.ts';
import { requireOnTenant } from '../access/permissions.ts';
import { redoRefused } from '../concurrency/redo-refused.ts';
import { changeOfFields, requireIndexable } from './indexed-fields.ts';
import { loadTenant, type TenantSource } from './load-tenant.ts';
import { appendPending, type PendingChange } from './pending-changes.ts';
import type { Tenant } from './tenant.ts';

const editable = [
  'verifyNewProfiles',
  'ssoEnabled',
  'cleanseAttributes',
  'availableRoles',
  'attributeDefinitions',
] as const satisfies readonly (keyof Tenant)[];
type Editable = Pick<Tenant, (typeof editable)[number]>;

/** New values of the tenant, and what its profiles have to follow. */
export type TenantChange = Partial<Editable> &
  Partial<Pick<PendingChange, 'removeRoles' | 'removeAttributes' | 'defaults'>>;

/** How a tenant is found and stored changed: false where it changed meanwhile. */
export interface EditStore extends TenantSource {
  updateTenant(next: Tenant): Promise<boolean>;
}

/** How it is stored when its profiles have to follow, too. */
export interface TenantStore extends EditStore {
  updateTenantAndSweep(next: Tenant): Promise<boolean>;
}

const textsOf = ({ attributeDefinitions }: Tenant) =>
  new Map(attributeDefinitions.map((definition) => [definition.name, JSON.stringify(definition)]));

/** Tells the audit trail what becomes another: fields of the tenant, and attributes whose definition does. */
function noteDifferences(before: Tenant, after: Tenant): void {
  const isOther = (field: keyof Editable) => JSON.stringify(before[field]) !== JSON.stringify(after[field]);
  const [textsBefore, textsAfter] = [textsOf(before), textsOf(after)];
  const names = [...new Set([...textsBefore.keys(), ...textsAfter.keys()])];
  const attributes = names.filter((name) => textsBefore.get(name) !== textsAfter.get(name));
  noteChange({ tenant: before.name }, editable.filter(isOther), attributes);
}

/** The tenant after the change, one version on, with the work for its profiles appended (data model, section 4). */
export function changedTenant(tenant: Tenant, change: TenantChange, nowMs: number): Tenant {
  const { removeRoles = [], removeAttributes = [], defaults = new Map(), ...edited } = change;
  const changed = { ...tenant, ...edited };
  requireIndexable(changed.attributeDefinitions, tenant.attributeDefinitions);
  noteDifferences(tenant, changed);
  // Also where only profiles have them.
  if (removeRoles.length > 0) noteChange({ tenant: tenant.name }, ['availableRoles']);
  const version = tenant.version + 1;
  const pending = appendPending(tenant.pending, {
    version,
    atMs: nowMs,
    removeRoles: [...new Set(removeRoles)],
    removeAttributes: [...new Set(removeAttributes)],
    defaults,
    ...changeOfFields(tenant, changed),
  });
  return { ...changed, version, pending };
}

/**
 * The steps of every change of a tenant (contract 5.7, 5.11-5.16): `READ_TENANT` 403, 404 `NO_SUCH_TENANT`, `UPDATE_TENANT` 403, then one write
 * on condition of the version that was read, tried again where another one came first.
 */
async function writeTenant(
  source: TenantSource,
  callerOnItsWay: Promise<AccessToken>,
  name: string,
  write: (tenant: Tenant) => Promise<Tenant | undefined>,
): Promise<Tenant> {
  const loaded = await loadTenant(source, callerOnItsWay, name);
  requireOnTenant(loaded.caller, name, 'UPDATE_TENANT');
  const changed = await redoRefused(loaded.tenant, write, () => source.findTenant(name));
  assertThat(changed, () => noSuchTenant(name));
  return changed;
}

/** A change that no profile has to follow. */
export const editTenant = (
  store: EditStore,
  callerOnItsWay: Promise<AccessToken>,
  name: string,
  plan: (tenant: Tenant) => Partial<Editable>,
): Promise<Tenant> =>
  writeTenant(store, callerOnItsWay, name, async (tenant) => {
    const next = changedTenant(tenant, plan(tenant), Date.now());
    return (await store.updateTenant(next)) ? next : undefined;
  });

/** Any change. Work on profiles is left to the sweep. */
export const changeTenant = (
  store: TenantStore,
  callerOnItsWay: Promise<AccessToken>,
  name: string,
  plan: (tenant: Tenant) => TenantChange,
): Promise<Tenant> =>
  writeTenant(store, callerOnItsWay, name, async (tenant) => {
    const next = changedTenant(tenant, plan(tenant), Date.now());
    const isFollowed = next.pending !== tenant.pending;
    const written = await (isFollowed ? store.updateTenantAndSweep(next) : store.updateTenant(next));
    return written ? next : undefined;
  });
