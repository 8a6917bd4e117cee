import type { Contract } from '../../functions/shared/http/contract.ts';
import { pascal } from '../needs.ts';
import type { OperationExample } from './examples.ts';
import type { ConvertedSchemas, Part } from './json-schema.ts';
import { reference } from './json-schema.ts';
import { formEncoding, takesForm } from './parameters.ts';

/** The name of the component that holds the operation's form. */
export const formName = ({ operationId }: Pick<Contract, 'operationId'>) => `${pascal(operationId)}Form`;

/** The body of an operation: JSON, an upload, or its parameters as a form; undefined where it has none (contract 1.3). */
export function requestBodyPart(
  contract: Contract,
  bodies: ConvertedSchemas,
  example: OperationExample,
): Part | undefined {
  if (contract.body !== undefined) {
    const media = { schema: bodies.partOf(contract.body), example: example.body };
    return { required: true, content: { 'application/json': media } };
  }
  if (!takesForm(contract)) return undefined;
  const media = { schema: reference(formName(contract)) };
  if (contract.upload !== undefined) return { required: true, content: { 'multipart/form-data': media } };
  return {
    description: 'Parameters that are not in the query. There need be no body when all of them are.',
    required: false,
    content: {
      'application/x-www-form-urlencoded': { ...media, encoding: formEncoding(contract) },
      'multipart/form-data': media,
    },
  };
}
