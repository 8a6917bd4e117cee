import type { Contract } from '../functions/shared/http/contract.ts';
import type { Options } from './options.ts';
import { routeKeysOf } from './routes.ts';

/** What a route takes before it answers 429. */
export interface RouteLimit {
  readonly perSecond: number;
  readonly burst: number;
}

type LimitedContract = Pick<Contract, 'method' | 'path' | 'hashesPasswords'>;
type LimitOptions = Pick<Options, 'requestsPerSecond' | 'passwordRequestsPerSecond' | 'contextPath'>;

/** Most routes have a `.json` twin. */
const MOST_HAVE = 2;

/** The limit of each of an endpoint's routes, which share its own: whoever calls all of them gets no more than that. */
const shared = (perSecond: number, routes: number): RouteLimit => ({
  perSecond: Math.ceil(perSecond / routes),
  burst: Math.ceil((2 * perSecond) / routes),
});

/** The limit of every route that is not named among `routeLimits`. */
export const defaultRouteLimit = ({ requestsPerSecond }: LimitOptions): RouteLimit =>
  shared(requestsPerSecond, MOST_HAVE);

/** The routes with a limit of their own, by their keys: those that hash passwords, and those of endpoints with more or fewer routes than most. */
export function routeLimits(
  contracts: readonly LimitedContract[],
  options: LimitOptions,
): Readonly<Record<string, RouteLimit>> {
  const limits = contracts.flatMap((contract) => {
    const keys = routeKeysOf(contract, options.contextPath);
    if (!contract.hashesPasswords && keys.length === MOST_HAVE) return [];
    const perSecond = contract.hashesPasswords ? options.passwordRequestsPerSecond : options.requestsPerSecond;
    return keys.map((key): [string, RouteLimit] => [key, shared(perSecond, keys.length)]);
  });
  return Object.fromEntries(limits);
}
