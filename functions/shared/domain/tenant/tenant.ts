import { assertThat, invalidRequest } from '../../errors/api-error.ts';
import type { AttributeDefinition, Tenant } from '../model.ts';
import { requireStorable, requireWellFormed, withoutNullKeys } from '../values/json.ts';
import { newObjectId } from '../values/object-id.ts';

/** Contract 9.1 #54. */
const DEFINITIONS_LIMIT = 250;
const NAME_LIMIT_BYTES = 512;

/** A definition as it is asked for: its name may be missing or impossible. */
interface WantedDefinition extends Omit<AttributeDefinition, 'name'> {
  readonly name: string | null;
}

/** A tenant as it is asked for. */
interface WantedTenant
  extends Pick<Tenant, 'verifyNewProfiles' | 'ssoEnabled' | 'cleanseAttributes' | 'availableRoles'> {
  readonly name: string | null;
  readonly attributeDefinitions: readonly WantedDefinition[];
}

/** 400 `OTHER` for a name that is blank, too long, or that API Gateway could not route (contract 5.5, 9.1 #54). */
export function requireTenantName(name: string | null): string {
  assertThat(name !== null && name.trim() !== '', () => invalidRequest('The name of the tenant is missing'));
  requireWellFormed(name, 'The name of the tenant');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  assertThat(!/[/?#\u0000-\u001f\u007f]|^\.\.?$/.test(name), () =>
    invalidRequest('The name of a tenant must not be "." or "..", or contain "/", "?", "#" or control characters'),
  );
  assertThat(encodeURIComponent(name).length <= NAME_LIMIT_BYTES, () =>
    invalidRequest(`The encoded name of a tenant is longer than ${NAME_LIMIT_BYTES} bytes`),
  );
  return name;
}

function definitionOf(wanted: WantedDefinition): AttributeDefinition {
  const { name } = wanted;
  assertThat(name !== null && name !== '' && !name.includes('.') && !name.startsWith('$') && name !== '__proto__', () =>
    invalidRequest('The name of an attribute must not be empty or "__proto__", contain "." or start with "$"'),
  );
  requireStorable([name, wanted.metadata, wanted.defaultValue], `The definition of attribute "${name}"`);
  return {
    name,
    metadata: wanted.metadata,
    defaultValue: withoutNullKeys(wanted.defaultValue),
    permissions: wanted.permissions,
  };
}

/** The definitions as they are stored; of several with one name the first wins (contract 5.5). 400 `OTHER` for names that cannot be (6.1.2). */
export function definitionsOf(wanted: readonly WantedDefinition[]): readonly AttributeDefinition[] {
  const definitions = new Map<string, AttributeDefinition>();
  for (const definition of wanted.map(definitionOf))
    if (!definitions.has(definition.name)) definitions.set(definition.name, definition);
  return requireFewDefinitions([...definitions.values()]);
}

/** 400 `OTHER` for more definitions than a tenant may have (contract 9.1 #54). */
export function requireFewDefinitions(definitions: readonly AttributeDefinition[]): readonly AttributeDefinition[] {
  assertThat(definitions.length <= DEFINITIONS_LIMIT, () =>
    invalidRequest(`A tenant has at most ${DEFINITIONS_LIMIT} attribute definitions`),
  );
  return definitions;
}

/** A new tenant (contract 5.5). */
export function newTenant(wanted: WantedTenant, nowMs: number): Tenant {
  const name = requireTenantName(wanted.name);
  return {
    id: newObjectId(nowMs),
    name,
    version: 1,
    createdAtMs: nowMs,
    verifyNewProfiles: wanted.verifyNewProfiles,
    ssoEnabled: wanted.ssoEnabled,
    cleanseAttributes: wanted.cleanseAttributes,
    availableRoles: [...new Set(wanted.availableRoles)],
    attributeDefinitions: definitionsOf(wanted.attributeDefinitions),
    pending: [],
  };
}
