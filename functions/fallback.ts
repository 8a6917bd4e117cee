import { fallbackHandler, type RouteTable } from './shared/http/fallback.ts';

/** Put in by the build, so that this function knows every path without holding every endpoint. */
declare const ROUTE_TABLE: RouteTable;

/** The function of `$default`. */
export const handler = fallbackHandler(ROUTE_TABLE);
