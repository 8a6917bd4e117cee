import type { AttributeDefinition } from '../../functions/shared/domain/tenant/attribute-definitions.ts';
import type { Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import { listed } from './plural.ts';

const flags = ['verifyNewProfiles', 'ssoEnabled', 'cleanseAttributes'] as const satisfies readonly (keyof Tenant)[];

const namesOf = ({ attributeDefinitions }: Tenant) => attributeDefinitions.map(({ name }) => name);
const lacking = (names: readonly string[], those: readonly string[]) => names.filter((name) => !those.includes(name));

/** The same text for the same meaning: keys of objects in metadata and defaults have no order. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null || 'toJSON' in value) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, ordered(inner)]),
  );
}
const textOf = (definition: AttributeDefinition | undefined) => JSON.stringify(ordered(definition));

/** What a tenant of the files has that the stored one of its name lacks. */
export const lackedBy = (stored: Tenant, wanted: Tenant): Pick<Tenant, 'availableRoles' | 'attributeDefinitions'> => ({
  availableRoles: lacking(wanted.availableRoles, stored.availableRoles),
  attributeDefinitions: wanted.attributeDefinitions.filter(({ name }) => !namesOf(stored).includes(name)),
});

/** How a tenant of the files differs from the stored one of its name, a line for each kind; nothing where they are the same. Names only, no values. */
export function differenceOf(stored: Tenant, wanted: Tenant): readonly string[] {
  const lacked = lackedBy(stored, wanted);
  const byName = new Map(stored.attributeDefinitions.map((definition) => [definition.name, definition]));
  const others = wanted.attributeDefinitions.filter(
    (definition) => byName.has(definition.name) && textOf(byName.get(definition.name)) !== textOf(definition),
  );
  const kinds: readonly (readonly [string, readonly string[]])[] = [
    ['roles that it lacks here', lacked.availableRoles],
    ['roles that it has only here', lacking(stored.availableRoles, wanted.availableRoles)],
    ['definitions that it lacks here', lacked.attributeDefinitions.map(({ name }) => name)],
    ['definitions that it has only here', lacking(namesOf(stored), namesOf(wanted))],
    ['definitions that are other ones here', others.map(({ name }) => name)],
    ['flags that are other ones here', flags.filter((flag) => stored[flag] !== wanted[flag])],
  ];
  return kinds.flatMap(([what, names]) => (names.length === 0 ? [] : [`${what}: ${listed(names)}`]));
}
