/** A part of the document. */
export type Part = Readonly<Record<string, unknown>>;

export const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null;

/** The schema with everything inside it changed, inner parts first. */
function mapped(value: unknown, change: (part: Part) => Part): unknown {
  if (Array.isArray(value)) return value.map((one) => mapped(one, change));
  if (!isPart(value)) return value;
  return change(Object.fromEntries(Object.entries(value).map(([key, part]) => [key, mapped(part, change)])));
}

const mappedPart = (part: Part, change: (part: Part) => Part): Part =>
  Object.fromEntries(Object.entries(part).map(([key, value]) => [key, mapped(value, change)]));

const isNull = (part: Part): boolean => part.type === 'null' && Object.keys(part).length === 1;

/** Choices by the fewest words: any JSON or null is any JSON, and a type or null is a pair of types. */
function plainChoice({ anyOf, ...part }: Part): Part {
  if (!Array.isArray(anyOf)) return anyOf === undefined ? part : { anyOf, ...part };
  const choices = anyOf.filter(isPart);
  if (choices.some((choice) => Object.keys(choice).length === 0)) return part;
  const [only, ...others] = choices.filter((choice) => !isNull(choice));
  const isNullable = choices.some(isNull);
  if (only === undefined || others.length > 0 || typeof only.type !== 'string' || !isNullable)
    return { ...part, anyOf };
  return { ...only, ...part, type: [only.type, 'null'] };
}

/** The same schema as generators of clients read it best: without choices that are none. */
export const plainSchema = (part: Part): Part => plainChoice(mappedPart(part, plainChoice));

function toldDefault({ default: fallback, ...part }: Part): Part {
  if (fallback === undefined || fallback === null) return part;
  const told = `Left out: \`${JSON.stringify(fallback)}\`.`;
  return { ...part, description: typeof part.description === 'string' ? `${part.description}. ${told}` : told };
}

/**
 * The schema with its defaults in the descriptions: generators take a property with a `default` for one that is always there, and would have
 * callers send it.
 */
export const withDefaultsTold = (part: Part): Part => mappedPart(part, toldDefault);
