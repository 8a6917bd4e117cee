import fc from 'fast-check';
import { fallbackHandler } from '../../../functions/shared/http/fallback.ts';
import { endpoints } from '../../../lib/endpoints.ts';
import { eventOf } from '../../../lib/local/gateway.ts';
import { lambdaContext } from '../../../lib/local/lambda-context.ts';
import { type Router, routerOf } from '../../../lib/local/router.ts';
import { routeKeysOf, routeTableOf } from '../../../lib/routes.ts';
import { runs } from '../../support/thoroughness.ts';

const contracts = endpoints.map(({ contract }) => contract);
const routeKeys = contracts.flatMap((contract) => routeKeysOf(contract, ''));
/** Whether API Gateway matches a variable, greedy or not, with nothing is not documented: each has to do. */
const whole = routerOf(routeKeys.map((key): [string, string] => [key, key]));
const routers: readonly [string, Router<string>][] = [
  ['matches', whole],
  ['does not match', withoutEmptyVariables(whole)],
];

function withoutEmptyVariables(router: Router<string>): Router<string> {
  return (method, path) => {
    const match = router(method, path);
    return Object.values(match?.pathParameters ?? {}).includes('') ? undefined : match;
  };
}

const fallback = fallbackHandler(routeTableOf(contracts, ''));

/** What the fallback answers: its status, and the methods that it says are allowed. */
async function fallsBack(method: string, path: string) {
  const request = { method, path, decodedPath: path, query: '', headers: [], body: Buffer.alloc(0) };
  const event = eventOf(request, undefined, { requestId: 'r', atMs: 0 });
  const answer = await fallback(event, lambdaContext('fallback', 'r'));
  const allow = typeof answer === 'object' && 'headers' in answer ? answer.headers?.allow : undefined;
  return { status: typeof answer === 'object' ? answer.statusCode : undefined, allow: String(allow ?? '').split(', ') };
}

const value = fc.oneof(
  fc.constantFrom('1', 'acme.com', 'create', 'a b', '.json', 'x.json'),
  fc.stringMatching(/^[^/]{1,9}$/),
);
const ends = ['', '/', '.json', '/.json', '.json/', '/x', '/a/b'];
const methods = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'];

/** Every route with these in place of its variables, with every end, by every method. */
function requestsWith(values: readonly string[]): readonly (readonly [method: string, path: string])[] {
  const paths = contracts.flatMap(({ path }) => {
    let at = 0;
    const filled = `/api/1${path.replace(/\{\w+\}/g, () => values[at++] ?? '')}`;
    return ends.map((end) => `${filled}${end}`);
  });
  return [...new Set(paths)].flatMap((path) => methods.map((method) => [method, path] as const));
}

test.each(routers)(
  'what no route takes is 404, or 405 with the methods that one takes, where an empty variable %s',
  async (_, router) => {
    const routeOf = (method: string, path: string) => whole(method, path)?.routeKey;
    await fc.assert(
      fc.asyncProperty(fc.tuple(value, value), async (values) => {
        for (const [method, path] of requestsWith(values)) {
          if (router(method, path) !== undefined) continue;
          const { status, allow } = await fallsBack(method, path);
          expect([path, [404, 405].includes(status ?? 0)]).toEqual([path, true]);
          if (status === 404) continue;
          expect([path, allow.includes(method)]).toEqual([path, false]);
          expect([path, allow.filter((one) => routeOf(one, path) === undefined)]).toEqual([path, []]);
        }
      }),
      { numRuns: runs(30) },
    );
  },
);
