import type { Contract } from '../../functions/shared/http/contract.ts';
import { pascal } from '../needs.ts';
import type { OperationExample } from './examples.ts';
import type { ConvertedSchemas } from './json-schema.ts';
import { reference } from './json-schema.ts';
import { formEncoding, formSchema, hasForm } from './parameters.ts';
import type { Part } from './plain-schema.ts';

/** The name of the component that holds the operation's form. */
export const formName = ({ operationId }: Pick<Contract, 'operationId'>) => `${pascal(operationId)}Form`;

/**
 * The body of an operation: JSON, an upload, or its parameters as a form; undefined where it has none (contract 1.3). One type each, though a form may
 * be of either: clients that are made from the document would send every field in both.
 */
export function requestBodyPart(
  contract: Contract,
  bodies: ConvertedSchemas,
  example: OperationExample,
): Part | undefined {
  if (contract.body !== undefined) {
    const media = { schema: bodies.partOf(contract.body), example: example.body };
    return { required: true, content: { 'application/json': media } };
  }
  if (!hasForm(contract)) return undefined;
  const encoding = formEncoding(contract);
  const media = { schema: reference(formName(contract)), ...(Object.keys(encoding).length > 0 ? { encoding } : {}) };
  const required = formSchema(contract, {}).required !== undefined;
  if (contract.upload !== undefined) return { required, content: { 'multipart/form-data': media } };
  return { required, content: { 'application/x-www-form-urlencoded': media } };
}
