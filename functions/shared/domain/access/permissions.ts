import { actionDenied, assertThat } from '../../errors/api-error.ts';
import type { AccessToken } from './access-token.ts';

/** What tenant permissions allow, by the names of contract 4.2. */
export type TenantAction =
  | 'CREATE_TENANT'
  | 'READ_TENANT'
  | 'UPDATE_TENANT'
  | 'DELETE_TENANT'
  | 'MANAGE_PROFILES'
  | 'MANAGE_TICKETS';

/** Whether a list of allowed actions holds one; null: nothing. */
export const allows = (allowedActions: readonly string[] | null | undefined, action: string) =>
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
