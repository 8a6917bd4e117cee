import * as z from 'zod/mini';
import { CONTRACT } from '../openapi/contract-sections.ts';
import { ACCESS_TOKEN } from '../openapi/parameters.ts';
import { formName } from '../openapi/request-body.ts';
import { CONTRACT_PAGE } from './docs-contract.ts';
import { searchText } from './docs-search.ts';

const field = z.looseObject({ type: z.optional(z.unknown()), examples: z.optional(z.array(z.unknown())) });
const form = z.looseObject({ properties: z.record(z.string(), field) });
const link = z.looseObject({ url: z.string() });
const operation = z.looseObject({
  operationId: z.string(),
  summary: z.string(),
  description: z.string(),
  externalDocs: link,
  parameters: z.array(z.looseObject({ name: z.string() })),
});
const document = z.looseObject({
  info: z.looseObject({ description: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.looseObject({ schemas: z.record(z.string(), z.unknown()) }),
});

/** What the page says above the operations; what else holds for all of them is a link away. */
const description =
  'Every operation is filled in for the sample data: open one, and execute it. The access token of the samples is sent as `Authorization: Bearer`, until **Authorize** ' +
  'gets another one. What is deleted is made for it; `npm start -- --fresh` brings everything back.\n\n' +
  `[What holds for every operation](/docs/about) · [The wire contract](${CONTRACT_PAGE})`;

/** The page invents a value for a field without an example, and sends it: such a field starts out empty, and is left out. */
function startingEmpty({ properties, ...rest }: z.output<typeof form>) {
  const fields = Object.entries(properties).map(([name, part]) => {
    const nothing = part.type === 'array' ? [] : '';
    return [name, part.format === 'binary' ? part : { examples: [nothing], ...part }];
  });
  return { ...rest, properties: Object.fromEntries(fields) };
}

/** The page shows no link of `externalDocs` where the server is named by its path alone: the last words of the description are the link. */
const linked = (description: string, { url }: z.output<typeof link>): string =>
  description.replace(
    /Contract section [\d.]+\d(?=\.$)/,
    (words) => `[${words}](${url.replace(CONTRACT, CONTRACT_PAGE)})`,
  );

/** With its words for the filter, and without the parameter that does what the header does. */
function operationForPage(path: string, one: z.output<typeof operation>, fields: readonly string[]) {
  const { description: told, externalDocs, ...rest } = one;
  const parameters = rest.parameters.filter(({ name }) => name !== ACCESS_TOKEN);
  const names = parameters.map(({ name }) => name);
  return {
    ...rest,
    description: linked(told, externalDocs),
    parameters,
    'x-search': searchText(path, [rest.operationId, rest.summary, told, ...names, ...fields]),
  };
}

const mapValues = <From, To>(record: Readonly<Record<string, From>>, change: (value: From, key: string) => To) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));

const parsed = (json: string): z.output<typeof document> => z.parse(document, JSON.parse(json));

/** The OpenAPI document as the documentation page wants it: each thing once, links that lead somewhere on this server, words to search. */
export function documentForPage(json: string): string {
  const { info, externalDocs: _linkedAbove, paths, components, ...rest } = parsed(json);
  const fieldsOf = (one: z.output<typeof operation>) =>
    Object.keys(form.safeParse(components.schemas[formName(one)]).data?.properties ?? {});
  const schemas = mapValues(components.schemas, (schema, name) =>
    name.endsWith('Form') ? startingEmpty(z.parse(form, schema)) : schema,
  );
  return JSON.stringify({
    ...rest,
    info: { ...info, description, license: undefined },
    paths: mapValues(paths, (methods, path) => mapValues(methods, (one) => operationForPage(path, one, fieldsOf(one)))),
    components: { ...components, schemas },
  });
}

/** What holds for every operation, in Markdown. */
export const generalPart = (json: string): string => parsed(json).info.description;
