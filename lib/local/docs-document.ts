import * as z from 'zod/mini';

const field = z.looseObject({ type: z.optional(z.unknown()), examples: z.optional(z.array(z.unknown())) });
const form = z.looseObject({ properties: z.record(z.string(), field) });
const document = z.looseObject({
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});

/** The page invents a value for a field without an example, and sends it: such a field starts out empty, and is left out. */
function startingEmpty({ required: _notHere, properties, ...rest }: z.output<typeof form>) {
  const fields = Object.entries(properties).map(([name, part]) => {
    const nothing = part.type === 'array' ? [] : '';
    return [name, part.format === 'binary' ? part : { examples: [nothing], ...part }];
  });
  return { ...rest, properties: Object.fromEntries(fields) };
}

/**
 * The OpenAPI document as the documentation page wants it. Its forms require nothing, because the page would insist on a field even where it
 * was filled in as a query parameter; the descriptions still say what is required.
 */
export function documentForPage(json: string): string {
  const whole = z.parse(document, JSON.parse(json));
  const { schemas } = whole.components;
  const forPage = Object.entries(schemas).map(([name, schema]) => [
    name,
    name.endsWith('Form') ? startingEmpty(z.parse(form, schema)) : schema,
  ]);
  return JSON.stringify({ ...whole, components: { ...whole.components, schemas: Object.fromEntries(forPage) } });
}
