import type {
  AttributePermission,
  WantedDefinition,
} from '../../../functions/shared/domain/tenant/attribute-definitions.ts';
import { isIndexedWrongly } from '../../../functions/shared/domain/tenant/indexed-fields.ts';
import { isTenantName, type Tenant, tenantWith } from '../../../functions/shared/domain/tenant/tenant.ts';
import { isJsonObject } from '../../../functions/shared/domain/values/json.ts';
import { madeAtMsOf, newObjectId } from '../../../functions/shared/domain/values/object-id.ts';
import type { Fields } from './fields.ts';
import { objectIdIn } from './object-id.ts';

const permissionOf = (fields: Fields): AttributePermission => ({
  application: fields.text('application') ?? '*',
  allowedActions: fields.texts('allowedActions') ?? null,
});

/** What no attribute of any server can be called (contract 6.1.2). */
const isImpossible = (name: string) => name === '' || name.includes('.') || name.startsWith('$');

function definitionsOf(fields: Fields): readonly WantedDefinition[] {
  const seen = new Set<string>();
  return fields.objects('attributeDefinitions').flatMap((definition): readonly WantedDefinition[] => {
    const name = definition.text('name') ?? '';
    if (isImpossible(name)) {
      definition.tell('a definition was left out: no attribute can be called so', 'name');
      return [];
    }
    if (seen.has(name)) {
      definition.tell('a definition was left out: there is one of that name before it', 'name');
      return [];
    }
    seen.add(name);
    const metadata = definition.value('metadata') ?? definition.json('metadataText') ?? null;
    if (metadata !== null && !isJsonObject(metadata))
      definition.tell('metadata that are no object became null', 'metadata');
    const wanted = {
      name,
      metadata: isJsonObject(metadata) ? metadata : null,
      defaultValue: definition.value('defaultValue') ?? definition.json('defaultValueText') ?? null,
      permissions: definition.objects('permissions').map(permissionOf),
    };
    if (isIndexedWrongly(wanted))
      definition.tell(
        'an attribute is not indexed: "indexed" is neither true nor false nor a list of paths',
        'metadata',
      );
    return [wanted];
  });
}

/**
 * A stored tenant (contract 8.2). The names of its attributes are in use, so that they stay even where they could not be defined today. Throws a `Rejected`, or an
 * `ApiError` for what the store cannot hold.
 */
export function tenantRecord(fields: Fields, nowMs: number): Tenant {
  const name = fields.text('name') ?? fields.reject('name', 'is missing');
  if (!isTenantName(name)) fields.tell('a tenant has a name that no URL can carry, or that means every tenant', 'name');
  const id = objectIdIn(fields) ?? newObjectId(nowMs);
  const wanted = {
    name,
    verifyNewProfiles: fields.flag('verifyNewProfiles') ?? false,
    ssoEnabled: fields.flag('ssoEnabled') ?? false,
    cleanseAttributes: fields.flag('cleanseAttributes'),
    availableRoles: fields.texts('availableRoles') ?? [],
    attributeDefinitions: definitionsOf(fields),
  };
  return { ...tenantWith(wanted, nowMs, () => true), id, createdAtMs: madeAtMsOf(id) };
}
