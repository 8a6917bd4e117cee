import { attachmentTypes } from '../../functions/shared/domain/attachment/attachment-file.ts';
import type { Contract } from '../../functions/shared/http/contract.ts';
import type { Parameter } from '../../functions/shared/http/parameters.ts';
import type { ExampleParameters } from './examples.ts';
import type { Part } from './plain-schema.ts';

/** The name of the parameter that carries the access token (contract 4.1). */
export const ACCESS_TOKEN = 'accessTokenId';

const isList = ({ jsonSchema }: Parameter<unknown>) => jsonSchema.type === 'array';

/** Form routes take every parameter from the query as well as from the body (contract 1.3). */
const takesForm = ({ method, body }: Pick<Contract, 'method' | 'body'>) => method === 'POST' && body === undefined;

/** What is in the query or in a form, by the contract's own spelling alone: a client needs no second one. */
const fieldsOf = ({ parameters }: Contract) => Object.entries(parameters).filter(([, spec]) => spec.place !== 'path');

/** Whether there is anything to put into a form: an empty one would only make clients send a body without content. */
export const hasForm = (contract: Contract): boolean =>
  takesForm(contract) && (fieldsOf(contract).length > 0 || contract.upload !== undefined);

/** The wire line 3.1, which is documented, wants the management token; that 3.1.0 does not is why it may be absent (contract 11). */
const isRequired = ({ authorisation }: Contract, spec: Parameter<unknown>) =>
  spec.required || authorisation === 'managementToken';

function descriptionOf(spec: Parameter<unknown>): string {
  return [
    `${spec.description}.`,
    isList(spec) ? 'Several: repeated, or once with commas between them.' : '',
    spec.aliases === undefined ? '' : `Also spelt ${spec.aliases.join(', ')}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

/** For clients that cannot set the header: a declared parameter, which every generator offers. */
const accessTokenParameter = {
  name: ACCESS_TOKEN,
  in: 'query',
  required: false,
  description: 'The access token of the application, where it is not in the header `Authorization: Bearer`.',
  schema: { type: 'string' },
};

/** The path variables and query parameters of an operation. The fields of a form are in the form alone, though the query may have them. */
export function parameterParts(contract: Contract, examples: ExampleParameters): readonly Part[] {
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
  const query = (takesForm(contract) ? [] : fieldsOf(contract)).map(([name, spec]) => ({
    name,
    in: 'query',
    required: isRequired(contract, spec),
    description: descriptionOf(spec),
    schema: spec.jsonSchema,
    ...(isList(spec) ? { style: 'form', explode: true } : {}),
    ...(examples[name] === undefined ? {} : { example: examples[name] }),
  }));
  return [...variables, ...query, ...(contract.authorisation === 'accessToken' ? [accessTokenParameter] : [])];
}

/** How lists are written in a form, repeated, and what a file may be. */
export function formEncoding(contract: Contract): Part {
  const lists = fieldsOf(contract).filter(([, spec]) => isList(spec));
  return Object.fromEntries([
    ...lists.map(([name]) => [name, { style: 'form', explode: true }]),
    ...(contract.upload === undefined ? [] : [[contract.upload, { contentType: attachmentTypes.join(', ') }]]),
  ]);
}

/** The schema of the form. */
export function formSchema(contract: Contract, examples: ExampleParameters): Part {
  const fields = fieldsOf(contract).map(([name, spec]) => [
    name,
    {
      ...spec.jsonSchema,
      description: descriptionOf(spec),
      ...(examples[name] === undefined ? {} : { examples: [examples[name]] }),
    },
  ]);
  const file = { type: 'string', format: 'binary', description: 'The file.' };
  const upload = contract.upload === undefined ? {} : { [contract.upload]: file };
  const required = [
    ...fieldsOf(contract).flatMap(([name, spec]) => (spec.required ? [name] : [])),
    ...Object.keys(upload),
  ];
  return {
    type: 'object',
    properties: { ...Object.fromEntries(fields), ...upload },
    ...(required.length === 0 ? {} : { required }),
  };
}
