import type { Contract } from '../../functions/shared/http/contract.ts';
import type { Parameter } from '../../functions/shared/http/parameters.ts';
import type { ExampleParameters } from './examples.ts';
import type { Part } from './json-schema.ts';

/** A parameter under one of its spellings. */
interface Spelling {
  readonly name: string;
  readonly spec: Parameter<unknown>;
  /** The spelling that the contract prefers, where this is another. */
  readonly aliasOf?: string;
}

const isList = ({ jsonSchema }: Parameter<unknown>) => jsonSchema.type === 'array';

/** Form routes take every parameter from the query as well as from the body (contract 1.3). */
export const takesForm = ({ method, body }: Pick<Contract, 'method' | 'body'>) =>
  method === 'POST' && body === undefined;

/** What is in the query or in a form; the management token is a security scheme instead. */
function spellingsOf(contract: Contract): readonly Spelling[] {
  return Object.entries(contract.parameters).flatMap(([name, spec]): readonly Spelling[] => {
    if (spec.place === 'path' || contract.authorisation === 'managementToken') return [];
    return [{ name, spec }, ...(spec.aliases ?? []).map((alias) => ({ name: alias, spec, aliasOf: name }))];
  });
}

function descriptionOf({ spec, aliasOf }: Spelling, otherPlace?: string): string {
  if (aliasOf !== undefined) return `Another spelling of ${aliasOf}; the values of both are joined.`;
  return [
    `${spec.description}.`,
    isList(spec) ? 'Several: repeated, or once with commas between them.' : '',
    spec.required && otherPlace !== undefined ? `Required, here or in the ${otherPlace}.` : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** The path variables and query parameters of an operation. */
export function parameterParts(contract: Contract, examples: ExampleParameters): readonly Part[] {
  const form = takesForm(contract);
  const variables = Object.entries(contract.parameters)
    .filter(([, spec]) => spec.place === 'path')
    .map(([name, { description, jsonSchema }]) => ({
      name,
      in: 'path',
      required: true,
      description: `${description}.`,
      schema: jsonSchema,
      example: examples[name],
    }));
  const query = spellingsOf(contract).map((spelling) => ({
    name: spelling.name,
    in: 'query',
    required: spelling.spec.required && !form && spelling.aliasOf === undefined,
    description: descriptionOf(spelling, form ? 'body' : undefined),
    schema: spelling.spec.jsonSchema,
    ...(isList(spelling.spec) ? { style: 'form', explode: true } : {}),
    // Where there is a form, the example is in the form: the same value in both places would be two values.
    ...(form || examples[spelling.name] === undefined ? {} : { example: examples[spelling.name] }),
  }));
  return [...variables, ...query];
}

/** How lists are written in a form: repeated. */
export function formEncoding(contract: Contract): Part {
  const lists = spellingsOf(contract).filter(({ spec }) => isList(spec));
  return Object.fromEntries(lists.map(({ name }) => [name, { style: 'form', explode: true }]));
}

const accessTokenField = {
  type: 'string',
  description: 'The access token of the application, where it is not in the query.',
};

/** The schema of the form; its required fields are those that are not in the query. */
export function formSchema(contract: Contract, examples: ExampleParameters): Part {
  const spellings = spellingsOf(contract);
  const fields = spellings.map((spelling) => [
    spelling.name,
    {
      ...spelling.spec.jsonSchema,
      description: descriptionOf(spelling, 'query'),
      ...(examples[spelling.name] === undefined ? {} : { examples: [examples[spelling.name]] }),
    },
  ]);
  const file = { type: 'string', format: 'binary', description: 'The file.' };
  const upload = contract.upload === undefined ? {} : { [contract.upload]: file };
  const required = [
    ...spellings.filter(({ spec, aliasOf }) => spec.required && aliasOf === undefined).map(({ name }) => name),
    ...Object.keys(upload),
  ];
  return {
    type: 'object',
    properties: { ...Object.fromEntries(fields), ...upload, accessTokenId: accessTokenField },
    ...(required.length === 0 ? {} : { required }),
  };
}
