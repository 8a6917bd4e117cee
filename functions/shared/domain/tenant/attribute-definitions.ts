import { assertThat, invalidRequest } from '../../errors/api-error.ts';
import { type JsonValue, requireStorable, withoutNullKeys } from '../values/json.ts';
import { type Attributes, JsonText } from '../values/json-text.ts';

/** How many a tenant may have (contract 9.1 #54). */
const DEFINITIONS_LIMIT = 250;

/** What an application, or `*`, may do with an attribute (contract 4.3); `allowedActions` null: nothing. */
export interface AttributePermission {
  readonly application: string;
  readonly allowedActions: readonly string[] | null;
}

/** An attribute that the profiles of a tenant may have (contract 2.2). */
export interface AttributeDefinition {
  readonly name: string;
  readonly metadata: { readonly [key: string]: JsonValue } | null;
  readonly defaultValue: JsonValue;
  readonly permissions: readonly AttributePermission[];
}

/** A definition as it is asked for: its name may be missing or impossible. */
export interface WantedDefinition extends Omit<AttributeDefinition, 'name'> {
  readonly name: string | null;
}

function definitionOf(wanted: WantedDefinition): AttributeDefinition {
  const { name } = wanted;
  assertThat(name !== null && name !== '' && !name.includes('.') && !name.startsWith('$'), () =>
    invalidRequest('The name of an attribute must not be empty, contain "." or start with "$"'),
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

/** The attributes of a tenant whose definitions have a default value (contract 6.1.6). */
export const defaultsOf = (tenant: { readonly attributeDefinitions: readonly AttributeDefinition[] }): Attributes =>
  new Map(
    tenant.attributeDefinitions.flatMap(({ name, defaultValue }) =>
      defaultValue === null ? [] : [[name, JsonText.of(defaultValue)] as const],
    ),
  );
