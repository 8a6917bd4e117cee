import * as z from 'zod/mini';
import { attributeActions, jsonObject, lenientDateMs, tenantActions } from '../../functions/shared/http/bodies.ts';
import { dateMs } from '../../functions/shared/http/resources/date.ts';
import { attributesResource } from '../../functions/shared/http/resources/profile.ts';
import { attributeActionNames, tenantActionNames } from './actions.ts';
import { type Part, plainSchema } from './plain-schema.ts';

type Schema = z.core.$ZodType;

export interface ConvertedSchemas {
  /** The named schemas. */
  readonly components: Readonly<Record<string, Part>>;
  /** What stands in the place of a schema: a reference to a component, or the schema itself. */
  partOf(schema: Schema): Part;
}

const epochMs = { type: 'integer', format: 'int64', description: 'Epoch milliseconds' };

const anyValues = { type: 'object', additionalProperties: {} };

const listOf = (names: readonly string[]) => ({ type: 'array', items: { type: 'string', enum: names } });

/** What code decides and a schema cannot say. */
const known = new Map<Schema, Part>([
  [attributesResource, anyValues],
  [jsonObject, { type: 'object', additionalProperties: true }],
  [dateMs, epochMs],
  [tenantActions, listOf(tenantActionNames)],
  [attributeActions, listOf(attributeActionNames)],
  // An ISO-8601 text does too; a second type would only make clients' types hard to use.
  [lenientDateMs, epochMs],
]);

/** What a property is taken for that is left out; undefined where it must be there or has no default. */
function defaultOf(schema: Schema): unknown {
  const { type } = schema._zod.def;
  if (type !== 'pipe' && type !== 'default') return undefined;
  const filled = z.safeParse(schema, undefined);
  return filled.success ? filled.data : undefined;
}

function refine({ zodSchema, jsonSchema }: { zodSchema: Schema; jsonSchema: Record<string, unknown> }): void {
  const replacement = known.get(zodSchema);
  if (replacement !== undefined) {
    for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
    Object.assign(jsonSchema, replacement);
  }
  // Every integer of JavaScript has these bounds: they tell a reader nothing.
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) {
    delete jsonSchema.minimum;
    delete jsonSchema.maximum;
  }
  const fallback = defaultOf(zodSchema);
  if (fallback !== undefined) jsonSchema.default = fallback;
}

export const reference = (name: string): Part => ({ $ref: `#/components/schemas/${name}` });

/** Converts schemas as JSON goes in (`input`) or out (`output`); those in `named` become components. */
export function convertSchemas(
  named: Readonly<Record<string, Schema>>,
  schemas: readonly Schema[],
  io: 'input' | 'output',
): ConvertedSchemas {
  const registry = z.registry<{ id: string }>();
  const ids = new Map<Schema, string>();
  for (const [name, schema] of Object.entries(named)) ids.set(schema, name);
  for (const schema of schemas) if (!ids.has(schema)) ids.set(schema, `unnamed${ids.size}`);
  for (const [schema, id] of ids) registry.add(schema, { id });
  const converted = z.toJSONSchema(registry, {
    io,
    unrepresentable: 'any',
    uri: (id) => `#/components/schemas/${id}`,
    override: refine,
  });
  const parts = new Map(
    Object.entries(converted.schemas).map(([id, { $schema, $id, ...part }]) => [id, plainSchema(part)] as const),
  );
  const partNamed = (name: string): Part => parts.get(name) ?? {};
  return {
    components: Object.fromEntries(Object.keys(named).map((name) => [name, partNamed(name)])),
    partOf: (schema) => {
      const id = ids.get(schema) ?? '';
      return id in named ? reference(id) : partNamed(id);
    },
  };
}
