import { invalidQuery } from '../../../errors/api-error.ts';
import { isObject } from './literal.ts';
import { QueryBuilder } from './query-builder.ts';
import { readRelaxedJson } from './relaxed-json.ts';
import type { Query } from './tree.ts';

/**
 * Parses the `query` parameter into a tree (contract 6.7). Text that is no relaxed JSON object, unknown operators and
 * wrong operands are `invalidQuery`. Takes time linear in the text. Call `checkQuery` before using the result.
 */
export function parseQuery(text: string): Query {
  if (text.trim() === '') throw invalidQuery('The query is empty');
  const json = readRelaxedJson(text);
  if (!isObject(json)) throw invalidQuery('The query is not an object');
  return new QueryBuilder().query(json);
}
