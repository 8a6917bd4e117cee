import * as z from 'zod/mini';
import { dateMsOf } from '../domain/values/date.ts';
import { isJsonNumber } from '../domain/values/exact-number.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../domain/values/json.ts';
import { counted } from './counted-lists.ts';

/** Any JSON object. */
export const jsonObject = z.custom<JsonObject>(isJsonObject);

const jsonValue = z.custom<JsonValue>((value) => value !== undefined);

/**
 * Scalars are converted leniently, as the old server's reader did (contract 1.3): `5` for a string, `"true"` for a boolean, where empty text is null.
 * Escapes such as `\ud800` may make a text that is no Unicode, which the store refuses.
 */
const lenientText = z.pipe(
  z.transform((value) => (isJsonNumber(value) || typeof value === 'boolean' ? String(value) : value)),
  z.string().check(z.refine((text) => text.isWellFormed(), 'is ill-formed Unicode')),
);
const flagTexts = new Map([
  ['true', true],
  ['false', false],
  ['', null],
]);
const lenientFlag = z.pipe(
  z.transform((value) => {
    if (typeof value !== 'string') return isJsonNumber(value) ? value !== 0 : value;
    const flag = flagTexts.get(value.trim().toLowerCase());
    return flag === undefined ? value : flag;
  }),
  z.nullable(z.boolean()),
);

/** Null counts as absent, and absent as the default. */
const orDefault = <Schema extends z.ZodMiniType>(schema: Schema, fallback: NonNullable<z.output<Schema>>) =>
  z.pipe(
    z.nullish(schema),
    z.transform((value) => value ?? fallback),
  );
const orNull = <Schema extends z.ZodMiniType>(schema: Schema) =>
  z.pipe(
    z.nullish(schema),
    z.transform((value) => value ?? null),
  );

/** Only a missing property means any; null must not widen a permission. */
const missingIsAny = z._default(lenientText, '*');

/** Whatever they say: an action that does not exist allows nothing. What exists is documented. */
const actions = () => z.array(lenientText);
/** In the permissions of an access token (contract 4.2). */
export const tenantActions = actions();
/** In the permissions of an attribute (contract 4.3). */
export const attributeActions = actions();

/** What a date may be written as: blank means none, and digits alone are milliseconds as a number is. */
function dateOf(value: unknown): number | null | undefined {
  if (typeof value !== 'string') return dateMsOf(value);
  if (value.trim() === '') return null;
  return dateMsOf(/^-?\d+$/.test(value) ? Number(value) : value);
}

/** Epoch milliseconds or ISO-8601 text; null for a blank one (contract 1.3). */
export const lenientDateMs = z.pipe(z.transform(dateOf), z.nullable(z.int()));

/** Contract 2.3; an unknown property is refused, so that a typo cannot widen a token silently. */
export const accessTokenBody = counted(
  z.strictObject({
    id: orNull(lenientText),
    application: orNull(lenientText),
    master: orDefault(lenientFlag, false),
    tenantPermissions: orDefault(
      z.array(z.strictObject({ tenant: missingIsAny, allowedActions: orNull(tenantActions) })),
      [],
    ),
    expiresOn: orNull(lenientDateMs),
  }),
);

/** One definition of an attribute (contract 2.2); its name is checked by the endpoint. */
export const attributeDefinitionBody = z.strictObject({
  name: orNull(lenientText),
  metadata: orNull(jsonObject),
  defaultValue: orNull(jsonValue),
  permissions: orDefault(
    z.array(z.strictObject({ application: missingIsAny, allowedActions: orNull(attributeActions) })),
    [],
  ),
});

/** Definitions in their order (contract 5.14, 5.15). */
export const attributeDefinitionsBody = counted(z.array(attributeDefinitionBody));

/** Contract 2.2; `id` is read and ignored, but must be one. */
export const tenantBody = counted(
  z.strictObject({
    id: z.nullish(z.string().check(z.regex(/^[0-9a-fA-F]{24}$/))),
    name: orNull(lenientText),
    verifyNewProfiles: orDefault(lenientFlag, false),
    ssoEnabled: orDefault(lenientFlag, false),
    /** Without a default: an update keeps what is stored, and older wire lines do not know the field at all (contract 11). */
    cleanseAttributes: z.optional(z.nullable(lenientFlag)),
    availableRoles: orDefault(z.array(lenientText), []),
    attributeDefinitions: orDefault(z.array(attributeDefinitionBody), []),
  }),
);
