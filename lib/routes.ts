import { setting } from '../functions/shared/config/configuration.ts';
import type { Contract } from '../functions/shared/http/contract.ts';
import type { RouteTable } from '../functions/shared/http/fallback.ts';

type Route = Pick<Contract, 'method' | 'path'>;

/** What stands before the path of every endpoint (contract 1.1). */
export const apiBase = (contextPath: string = setting('contextPath')): string => `${contextPath}/api/1`;

/**
 * The route keys of an endpoint, as API Gateway wants them, the contract's own path first. A path that ends in a literal
 * has a `.json` twin; one that ends in a variable takes the suffix along. One that ends in a slash, which no route key may, takes what follows
 * the slash as `{suffix+}`: nothing or `.json`, anything else is not found. It is greedy, since that matches nothing, too, where API Gateway has the slash matter at all.
 */
export function routeKeysOf(
  { method, path }: Route,
  contextPath: string = setting('contextPath'),
): readonly [own: string, ...twins: string[]] {
  const slash = path.endsWith('/');
  const own = `${method} ${apiBase(contextPath)}${slash ? path.slice(0, -1) : path}`;
  if (own.endsWith('}')) return [own];
  return slash ? [own, `${own}.json`, `${own}/{suffix+}`] : [own, `${own}.json`];
}

/** Every path as the fallback function knows it: with one `.json` stripped, and a slash at the end where the contract's path has one. */
export function routeTableOf(contracts: readonly Route[], contextPath: string = setting('contextPath')): RouteTable {
  return contracts.map(({ method, path }) => {
    const slash = path.endsWith('/');
    const literal = `${apiBase(contextPath)}${slash ? path.slice(0, -1) : path}`;
    const pattern = literal.replace(/[.+]/g, '\\$&').replace(/\{\w+\}/g, '[^/]+');
    return [`^${pattern}${slash ? '/?' : ''}(\\.json)?$`, method];
  });
}
