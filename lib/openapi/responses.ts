import { STATUS_CODES } from 'node:http';
import { attachmentTypes } from '../../functions/shared/domain/attachment/attachment-file.ts';
import { invalidRequest } from '../../functions/shared/errors/api-error.ts';
import { type ErrorKind, wireErrorOf } from '../../functions/shared/errors/catalogue.ts';
import { BYTES, type Contract, EMPTY, errorsOf } from '../../functions/shared/http/contract.ts';
import { errorExample } from './error-examples.ts';
import type { OperationExample } from './examples.ts';
import { type ConvertedSchemas, reference } from './json-schema.ts';
import type { Part } from './plain-schema.ts';

/** The name of the component of every failure; many languages have an `Error` of their own. */
export const ERROR = 'ApiError';

const bytes = { type: 'string', format: 'binary' };

const headerOf = (name: string): Part => ({ $ref: `#/components/headers/${name}` });

/** The headers that an answer may have besides those of every answer, by their names and by those of their components. */
function headersOf({ parameters }: Contract): Part {
  const headers = {
    ...('cursor' in parameters ? { Link: headerOf('nextPage'), 'Next-Cursor': headerOf('nextCursor') } : {}),
    ...('explain' in parameters ? { 'Query-Plan': headerOf('queryPlan') } : {}),
  };
  return Object.keys(headers).length === 0 ? {} : { headers };
}

function success(contract: Contract, answers: ConvertedSchemas, { answer }: OperationExample): Part {
  const { response } = contract;
  if (response === EMPTY) return { description: 'Done; without content.' };
  if (response === BYTES)
    return {
      description: 'The bytes; without content and content type where there is no such file.',
      content: Object.fromEntries(attachmentTypes.map((type) => [type, { schema: bytes }])),
    };
  return {
    description: 'Done.',
    ...headersOf(contract),
    content: { 'application/json': { schema: answers.partOf(response), example: answer } },
  };
}

/** What a caller of this operation is most likely told when something is left out. */
function likelyFault({ authorisation, body, parameters, upload }: Contract): string | undefined {
  if (authorisation === 'managementToken') return 'Parameter "token" is missing';
  if (body !== undefined) return 'The body is not readable JSON';
  if (upload !== undefined) return `The body has no file part "${upload}"`;
  const [required] = Object.entries(parameters).filter(([, spec]) => spec.required && spec.place === 'parameter');
  return required && `Parameter "${required[0]}" is missing`;
}

function errorPart(kind: ErrorKind, contract: Contract): Part {
  const fault = kind === 'invalidRequest' ? likelyFault(contract) : undefined;
  return fault === undefined ? { $ref: `#/components/examples/${kind}` } : errorExample(invalidRequest(fault));
}

function failure(status: string, kinds: readonly ErrorKind[], contract: Contract): Part {
  const codes = [...new Set(kinds.map((kind) => wireErrorOf(kind, '3.1')[1]))].sort();
  const schema = {
    allOf: [reference(ERROR), { type: 'object', properties: { errorCode: { type: 'string', enum: codes } } }],
  };
  const examples = Object.fromEntries(kinds.map((kind) => [kind, errorPart(kind, contract)]));
  return {
    description: `${STATUS_CODES[status]}: ${codes.map((code) => `\`${code}\``).join(', ')}.`,
    ...(status === '500' ? { headers: { 'x-request-id': { $ref: '#/components/headers/requestId' } } } : {}),
    content: { 'application/json': { schema, examples } },
  };
}

/** Every answer of an operation by status, each failure with its error codes and a body for each of its reasons. */
export function responseParts(contract: Contract, answers: ConvertedSchemas, example: OperationExample): Part {
  const byStatus = new Map<string, ErrorKind[]>();
  for (const kind of errorsOf(contract)) {
    const status = String(wireErrorOf(kind, '3.1')[0]);
    byStatus.set(status, [...(byStatus.get(status) ?? []), kind]);
  }
  const failures = [...byStatus].map(([status, kinds]) => [status, failure(status, kinds, contract)]);
  return { 200: success(contract, answers, example), ...Object.fromEntries(failures) };
}
