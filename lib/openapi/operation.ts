import { wireErrorOf } from '../../functions/shared/errors/catalogue.ts';
import type { Contract } from '../../functions/shared/http/contract.ts';
import type { Endpoint } from '../endpoints.ts';
import { needsOf } from '../needs.ts';
import { sectionUrl } from './contract-sections.ts';
import { docCommentOf } from './doc-comment.ts';
import type { OperationExample } from './examples.ts';
import type { ConvertedSchemas } from './json-schema.ts';
import { notesOn } from './operation-notes.ts';
import { parameterParts } from './parameters.ts';
import type { Part } from './plain-schema.ts';
import { requestBodyPart } from './request-body.ts';
import { responseParts } from './responses.ts';

/** The resource of an operation: the first part of its path. */
export const tagOf = ({ path }: Pick<Contract, 'path'>) => path.split('/')[1] ?? '';

function descriptionOf(endpoint: Endpoint): string {
  const { absent, section } = endpoint.contract;
  const sentences = [
    docCommentOf(endpoint),
    ...notesOn(endpoint.contract),
    needsOf(endpoint).calls.includes('SendEmail') ? 'May send a mail.' : '',
    absent === undefined
      ? ''
      : `On the 3.0 wire line an empty 200 takes the place of \`${wireErrorOf(absent, '3.1').join(' ')}\`.`,
    `Contract section ${section}.`,
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

export interface OperationSchemas {
  readonly answers: ConvertedSchemas;
  readonly bodies: ConvertedSchemas;
}

/** An endpoint as an operation of the document. */
export function operationPart(
  endpoint: Endpoint,
  { answers, bodies }: OperationSchemas,
  example: OperationExample,
): Part {
  const { contract } = endpoint;
  const requestBody = requestBodyPart(contract, bodies, example);
  return {
    tags: [tagOf(contract)],
    operationId: contract.operationId,
    summary: contract.summary,
    description: descriptionOf(endpoint),
    externalDocs: { description: `Contract, section ${contract.section}`, url: sectionUrl(contract.section) },
    security: contract.authorisation === 'accessToken' ? [{ accessToken: [] }] : [],
    parameters: parameterParts(contract, example.parameters ?? {}),
    ...(requestBody && { requestBody }),
    responses: responseParts(contract, answers, example),
  };
}
