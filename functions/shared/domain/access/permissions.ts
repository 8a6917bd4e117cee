import { type ApiError, actionDenied, assertThat, attributeNotDefined } from '../../errors/api-error.ts';
import type { AccessToken, AttributeDefinition, Tenant } from '../model.ts';

/** What tenant permissions allow, by the names of contract 4.2. */
export type TenantAction =
  | 'CREATE_TENANT'
  | 'READ_TENANT'
  | 'UPDATE_TENANT'
  | 'DELETE_TENANT'
  | 'MANAGE_PROFILES'
  | 'MANAGE_TICKETS';

/** What attribute permissions allow, by the names of contract 4.3. */
export type AttributeAction = 'READ_ATTRIBUTE' | 'WRITE_ATTRIBUTE' | 'REMOVE_ATTRIBUTE';

const allows = (allowedActions: readonly string[] | null | undefined, action: string) =>
  allowedActions?.some((allowed) => allowed === '*' || allowed === action) ?? false;

/** The first entry for the tenant decides, alone (contract 4.2). `*` is the global check. */
function mayOnTenant(caller: AccessToken, action: TenantAction, tenant: string): boolean {
  const entry = caller.tenantPermissions.find(
    (permission) => permission.tenant === '*' || permission.tenant === tenant,
  );
  return allows(entry?.allowedActions, action);
}

/** 403 `ACTION_DENIED` unless the caller may do this to the tenant called so. */
export function requireOnTenant(caller: AccessToken, tenant: string, ...actions: readonly TenantAction[]): void {
  for (const action of actions)
    assertThat(mayOnTenant(caller, action, tenant), () => actionDenied(action, `tenant "${tenant}"`));
}

/** 403 `ACTION_DENIED` unless the caller may do this to every tenant. */
export function requireGlobally(caller: AccessToken, action: TenantAction): void {
  assertThat(mayOnTenant(caller, action, '*'), () => actionDenied(action));
}

/** 403 `ACTION_DENIED` unless the caller is a master token; a resource makes the denial name it (contract 4.4). */
export function requireMaster(
  caller: AccessToken,
  action: 'CREATE_TOKEN' | 'READ_TOKEN' | 'DELETE_TOKEN',
  tokenId?: string,
): void {
  assertThat(caller.master, () => actionDenied(action, tokenId));
}

/** The first entry for the caller's application decides, alone; no entry denies (contract 4.3). */
export function mayOnAttribute(caller: AccessToken, definition: AttributeDefinition, action: AttributeAction): boolean {
  const entry = definition.permissions.find(
    (permission) => permission.application === '*' || permission.application === caller.application,
  );
  return allows(entry?.allowedActions, action);
}

/** Names, in their order: 400 `ATTRIBUTE_NOT_DEFINED`, 403 `ACTION_DENIED`. */
export function requireOnAttributes(
  caller: AccessToken,
  tenant: Tenant,
  names: Iterable<string>,
  action: AttributeAction,
): void {
  const definitions = new Map(tenant.attributeDefinitions.map((definition) => [definition.name, definition]));
  const denied = (name: string) => (): ApiError => actionDenied(action, `attribute "${name}"`);
  for (const name of names) {
    const definition = definitions.get(name);
    assertThat(definition, () => attributeNotDefined(name, tenant.name));
    assertThat(mayOnAttribute(caller, definition, action), denied(name));
  }
}

/** Names of the attributes that the caller may read; all others, the undefined ones too, stay hidden (contract 6.1.5, 6.1.7). */
export function readableAttributes(caller: AccessToken, tenant: Tenant): ReadonlySet<string> {
  return new Set(
    tenant.attributeDefinitions
      .filter((definition) => mayOnAttribute(caller, definition, 'READ_ATTRIBUTE'))
      .map((definition) => definition.name),
  );
}
