import { assertThat, invalidRequest } from '../../errors/api-error.ts';
import { type JsonValue, requireStorable, withoutNullKeys } from '../values/json.ts';
import { type Attributes, JsonText } from '../values/json-text.ts';

/** How many a tenant may have (contract 9.1 #54). */
const DEFINITIONS_LIMIT = 250;
/** How long a name the store can hold (contract 9.1 #54). */
const NAME_LIMIT_BYTES = 65_535;

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

/** 400 `OTHER` for a name that is longer than the store can hold (contract 9.1 #54). */
export const requireStorableAttributeName = (name: string): void =>
  assertThat(Buffer.byteLength(name) <= NAME_LIMIT_BYTES, () =>
    invalidRequest(`The name of an attribute is longer than ${NAME_LIMIT_BYTES} bytes`),
  );

/** 400 `OTHER` for names that no attribute can have, and for new ones that no list of names could name (contract 6.1.2, 9.1 #54). */
function requireAttributeName(name: string | null, isKnown: (name: string) => boolean): string {
  assertThat(name !== null && name !== '' && !name.includes('.') && !name.startsWith('$'), () =>
    invalidRequest('The name of an attribute must not be empty, contain "." or start with "$"'),
  );
  requireStorableAttributeName(name);
  assertThat(isKnown(name) || (!name.includes(',') && name.trim() === name), () =>
    invalidRequest('The name of an attribute must not contain "," or have blanks around it'),
  );
  return name;
}

function definitionOf(wanted: WantedDefinition, isKnown: (name: string) => boolean): AttributeDefinition {
  const name = requireAttributeName(wanted.name, isKnown);
  requireStorable([name, wanted.metadata, wanted.defaultValue], `The definition of attribute "${name}"`);
  return {
    name,
    metadata: wanted.metadata,
    defaultValue: withoutNullKeys(wanted.defaultValue),
    permissions: wanted.permissions,
  };
}

/**
 * The definitions as they are stored; of several with one name the first wins (contract 5.5). 400 `OTHER` for names that cannot be (6.1.2).
 *
 * @param isKnown names that are defined already, by an earlier rule perhaps: they may stay
 */
export function definitionsOf(
  wanted: readonly WantedDefinition[],
  isKnown: (name: string) => boolean,
): readonly AttributeDefinition[] {
  const definitions = new Map<string, AttributeDefinition>();
  for (const one of wanted) {
    const definition = definitionOf(one, isKnown);
    if (!definitions.has(definition.name)) definitions.set(definition.name, definition);
  }
  return requireFewDefinitions([...definitions.values()]);
}

/** Tells the names that the tenant defines. */
export function isDefinedIn(tenant: {
  readonly attributeDefinitions: readonly AttributeDefinition[];
}): (name: string) => boolean {
  const names = new Set(tenant.attributeDefinitions.map(({ name }) => name));
  return (name) => names.has(name);
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
