import { type ApiError, actionDenied, assertThat, attributeNotDefined } from '../../errors/api-error.ts';
import type { AccessToken } from '../access/access-token.ts';
import { allows } from '../access/permissions.ts';
import type { AttributeDefinition } from './attribute-definitions.ts';
import type { Tenant } from './tenant.ts';

/** What attribute permissions allow, by the names of contract 4.3. */
export type AttributeAction = 'READ_ATTRIBUTE' | 'WRITE_ATTRIBUTE' | 'REMOVE_ATTRIBUTE';

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
