import type { AccessToken } from '../domain/access/access-token.ts';
import { type ListScope, openCursor, sealPosition } from '../domain/profile-list/cursor.ts';
import type { ListPage, Position } from '../domain/profile-list/position.ts';
import { type Window, windowOf } from '../domain/profile-list/window.ts';
import { invalidRequest } from '../errors/api-error.ts';
import { Headed } from './contract.ts';
import type { Field } from './form-fields.ts';
import { optionalFlag, optionalInteger, optionalText } from './parameters.ts';
import { presentProfile } from './resources/profile.ts';

/** Says in the header `Query-Plan` how the answer is found (contract 6.6). */
export const explaining = {
  explain: optionalFlag('Whether the header `Query-Plan` is to say how the profiles are found'),
};

/** How a list goes on page by page (contract 6.6): ours, beside `start` and `count` of the lists that have them. */
export const turning = {
  cursor: optionalText(
    'Where the page begins: `Next-Cursor` of the page before it, for the same list; empty: the first one',
  ),
  ...explaining,
};

/** The same for lists that have had no pages: to who does not ask for one they are whole, as ever (contract 9.1 #65). */
export const turningWhole = {
  count: optionalInteger('With `cursor`: how many profiles to return at most; absent or 0: all'),
  ...turning,
};

/** What a list's request says of the page that it wants, whatever else it says. */
interface PageRequest {
  readonly parameters: {
    readonly sortBy?: string | undefined;
    readonly sortOrder?: string | undefined;
    readonly start?: number | undefined;
    readonly count?: number | undefined;
    readonly cursor?: string | undefined;
    readonly explain?: boolean | undefined;
  };
  readonly query: readonly Field[];
}

/** The page of a list that is asked for. */
interface Paging {
  /** Whose list it is, and which. */
  readonly scope: ListScope;
  readonly window: Window;
  /** Behind whom it begins. */
  readonly after: Position | undefined;
}

/**
 * Which page of a list is asked for; 400 `OTHER` for a cursor of another list, and for one beside `start`. `filter` is what else tells the list from
 * others: its operation, tenant, and what its profiles have to be.
 */
export function openPage({ parameters }: PageRequest, caller: AccessToken, filter: readonly string[]): Paging {
  const { sortBy, sortOrder, start, count, cursor } = parameters;
  const order = sortBy ? [sortBy, sortOrder ?? 'DESC'] : [];
  const scope = { caller, list: [...filter, ...order] };
  if (!cursor) return { scope, window: windowOf({ start, count }), after: undefined };
  if (start) throw invalidRequest('Parameters "start" and "cursor" exclude each other');
  return { scope, window: windowOf({ count }), after: openCursor(cursor, scope) };
}

/** The same of a list that has no `start`, and `count` only where its caller turns pages. */
export function openWholePage(request: PageRequest, caller: AccessToken, filter: readonly string[]): Paging {
  const { parameters } = request;
  const { cursor, count } = parameters;
  const turned = { ...parameters, count: cursor === undefined ? undefined : count };
  return openPage({ ...request, parameters: turned }, caller, filter);
}

/** A longer one may not pass a gateway, whose headers hold 10,240 bytes together. */
const LINK_LIMIT_BYTES = 4096;

/** What the link to the next page leaves out: the caller's secret, and what the cursor stands in for. */
const leftOut: ReadonlySet<string> = new Set(['accessTokenId', 'cursor', 'start']);

/** Relative, so that it is right behind whatever host and path the caller knows us by (RFC 8288). */
function nextPage(query: readonly Field[], cursor: string): Record<string, string> {
  const fields = new URLSearchParams();
  for (const [name, value] of query) if (!leftOut.has(name)) fields.append(name, value);
  fields.append('cursor', cursor);
  const link = `<?${fields}>; rel="next"`;
  return { 'next-cursor': cursor, ...(link.length <= LINK_LIMIT_BYTES ? { link } : {}) };
}

/** Names of attributes may hold anything; a header holds ASCII. */
const asHeader = (text: string): string => text.replace(/[^\x20-\x7e]+|%/g, encodeURIComponent);

/** The header that tells how something was found, where that is asked for. */
export const explained = ({ parameters }: Pick<PageRequest, 'parameters'>, plan: string): Record<string, string> =>
  parameters.explain ? { 'query-plan': asHeader(plan) } : {};

/** The answer of a page: a bare array, and beside it where the next one begins and how this one was found. */
export function pageAnswer(request: PageRequest, { scope }: Paging, { profiles, next, plan }: ListPage) {
  const following = next === undefined ? {} : nextPage(request.query, sealPosition(next, scope));
  return new Headed(profiles.map(presentProfile), { ...following, ...explained(request, plan) });
}
