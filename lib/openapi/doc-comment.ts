import { readFileSync } from 'node:fs';
import type { Endpoint } from '../endpoints.ts';

/**
 * What the doc comment of an endpoint's contract says of it, without references to our own pages; empty where there is none. It is read from
 * the source, so that the prose stands beside the contract and in no bundle.
 */
export function docCommentOf({ name }: Pick<Endpoint, 'name'>): string {
  const source = readFileSync(`functions/${name}.ts`, 'utf8');
  const comment = /\/\*\*((?:(?!\*\/).)*)\*\/\s*export const contract\b/s.exec(source)?.[1] ?? '';
  return comment
    .replace(/\n\s*\*/g, '\n')
    .replace(/\s+/g, ' ')
    .replace(/ \((?:contract|design)[^)]*\)/g, '')
    .trim();
}
