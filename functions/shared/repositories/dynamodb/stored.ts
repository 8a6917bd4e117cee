import * as z from 'zod/mini';
import { parseJson } from '../../domain/values/json.ts';

type FieldOf<Value> = z.core.$ZodType<Value>;
/** What may be left out. */
type OptionalFieldOf<Value> = FieldOf<Value> & { readonly _zod: { readonly optin: 'optional' | 'defaulted' } };
type IsOptional<Type, Field extends keyof Type> = Record<never, never> extends Pick<Type, Field> ? true : false;

/** A schema for each field of a type, optional ones included. */
type FieldsOf<Type> = {
  readonly [Field in keyof Type]-?: IsOptional<Type, Field> extends true
    ? OptionalFieldOf<Type[Field]>
    : FieldOf<Type[Field]>;
};
/** Nothing besides. */
type NothingBut<Type, Fields> = { readonly [Extra in Exclude<keyof Fields, keyof Type>]: never };

/**
 * The schema of a type as it is stored, alone or inside of an item: `everyFieldOf<Ticket>()({ tenant: z.string(), ... })`. A field that the type has
 * and the schema lacks, which would be dropped from every item that is read, does not compile (data model, section 2, new fields).
 */
export const everyFieldOf =
  <Type>() =>
  <Fields extends FieldsOf<Type>>(fields: Fields & NothingBut<Type, Fields>) =>
    z.object<Fields>(fields);

/** A required field that items from before it lack: they have this value of it. */
export const addedLater = z._default;

/** A text that may be null, which is stored by leaving it out: an index has no key of what is not there. */
export const textOrNull = () =>
  z.pipe(
    z.optional(z.string()),
    z.transform((text): string | null => text ?? null),
  );

/** A list that is stored as a set of texts; absent where it is empty, for an empty set cannot be stored. */
export const textSet = () =>
  z.pipe(
    z._default(z.set(z.string()), new Set<string>()),
    z.transform((texts): readonly string[] => [...texts]),
  );

/** The set of such a list. */
export const textSetOf = (texts: readonly string[]) => (texts.length > 0 ? new Set(texts) : undefined);

/** A value that is stored as JSON text. */
export const jsonText = <Value extends z.ZodMiniType>(schema: Value) =>
  z.pipe(
    z.pipe(
      z.string(),
      z.transform((text): unknown => parseJson(text)),
    ),
    schema,
  );
