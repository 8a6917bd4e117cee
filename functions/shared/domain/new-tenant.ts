import type * as z from 'zod/mini';
import { assertThat, invalidRequest } from '../errors/api-error.ts';
import type { attributeDefinitionBody, tenantBody } from '../http/bodies.ts';
import { newObjectId } from './ids.ts';
import { requireStorable, requireWellFormed, withoutNullKeys } from './json.ts';
import type { AttributeDefinition, Tenant } from './model.ts';

/** Contract 9.1 #54. */
const DEFINITIONS_LIMIT = 250;
const NAME_LIMIT_BYTES = 512;

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

function definitionOf(body: z.output<typeof attributeDefinitionBody>): AttributeDefinition {
  const { name } = body;
  assertThat(name !== null && name !== '' && !name.includes('.') && !name.startsWith('$') && name !== '__proto__', () =>
    invalidRequest('The name of an attribute must not be empty or "__proto__", contain "." or start with "$"'),
  );
  requireStorable([name, body.metadata, body.defaultValue], `The definition of attribute "${name}"`);
  return { ...body, name, defaultValue: withoutNullKeys(body.defaultValue) };
}

/** The definitions of a body; of several with one name the first wins (contract 5.5). 400 `OTHER` for names that cannot be (6.1.2). */
export function definitionsOf(
  bodies: readonly z.output<typeof attributeDefinitionBody>[],
): readonly AttributeDefinition[] {
  const definitions = new Map<string, AttributeDefinition>();
  for (const definition of bodies.map(definitionOf))
    if (!definitions.has(definition.name)) definitions.set(definition.name, definition);
  return requireFewDefinitions([...definitions.values()]);
}

export function requireFewDefinitions(definitions: readonly AttributeDefinition[]): readonly AttributeDefinition[] {
  assertThat(definitions.length <= DEFINITIONS_LIMIT, () =>
    invalidRequest(`A tenant has at most ${DEFINITIONS_LIMIT} attribute definitions`),
  );
  return definitions;
}

/** The tenant of a request body (contract 5.5). */
export function newTenant(body: z.output<typeof tenantBody>, nowMs: number): Tenant {
  const name = requireTenantName(body.name);
  return {
    id: newObjectId(nowMs),
    name,
    version: 1,
    createdAtMs: nowMs,
    verifyNewProfiles: body.verifyNewProfiles,
    ssoEnabled: body.ssoEnabled,
    cleanseAttributes: body.cleanseAttributes,
    availableRoles: [...new Set(body.availableRoles)],
    attributeDefinitions: definitionsOf(body.attributeDefinitions),
    pending: [],
  };
}
