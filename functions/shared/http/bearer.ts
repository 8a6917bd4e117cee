import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { headerOf } from './event-body.ts';

/** How a header begins (RFC 9110, 11.4): a scheme and what belongs to it, or a bearer of nothing. */
const beginning = /^\s*(?:[\w!#$%&'*+.^`|~-]+\s+\S|bearer\s*$)/i;
const bearer = /^\s*bearer\s(.*)$/is;

/** Empty headers leave nothing but commas behind. */
const isEmpty = (piece: string) => piece.trim() === '';

/**
 * The values of the header `Authorization`. API Gateway hands several headers of a name over as one, with commas between them; a comma before anything
 * but the beginning of another belongs to the value.
 */
function valuesOf(header: string): readonly string[] {
  const values: string[][] = [];
  for (const piece of header.split(',')) {
    const value = values.at(-1);
    if (value === undefined || beginning.test(piece)) values.push([piece]);
    else value.push(piece);
  }
  return values.map((pieces) => pieces.slice(0, pieces.findLastIndex((piece) => !isEmpty(piece)) + 1).join(','));
}

/**
 * The ids of access tokens in `Authorization: Bearer`, each once (contract 4.1, 9.1 #64). Other schemes, which may be a proxy's, and empty values are
 * nobody's.
 */
export function bearerTokens(event: APIGatewayProxyEventV2): readonly string[] {
  const ids = valuesOf(headerOf(event, 'authorization')).map((value) => bearer.exec(value)?.[1]?.trim() ?? '');
  return [...new Set(ids.filter((id) => id !== ''))];
}
