import { endpoints } from '../../../lib/endpoints.ts';
import { optionsFrom } from '../../../lib/options.ts';
import { defaultRouteLimit, routeLimits } from '../../../lib/route-limits.ts';
import { routeKeysOf } from '../../../lib/routes.ts';

const options = { requestsPerSecond: 300, passwordRequestsPerSecond: 7, contextPath: '' };
const limits = routeLimits(
  endpoints.map(({ contract }) => contract),
  options,
);

test.each(endpoints)('the routes of $contract.operationId take together what one is to take', ({ contract }) => {
  const each = routeKeysOf(contract, '').map((key) => limits[key] ?? defaultRouteLimit(options));
  const perSecond = contract.hashesPasswords ? 7 : 300;
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  // Each is rounded up.
  const rates = sum(each.map((limit) => limit.perSecond));
  expect(rates).toBeGreaterThanOrEqual(perSecond);
  expect(rates).toBeLessThan(perSecond + each.length);
  const bursts = sum(each.map(({ burst }) => burst));
  expect(bursts).toBeGreaterThanOrEqual(2 * perSecond);
  expect(bursts).toBeLessThan(2 * perSecond + each.length);
});

test('a route and its .json twin have half each', () => {
  expect(limits['POST /api/1/authentication/authenticate']).toEqual({ perSecond: 4, burst: 7 });
  expect(limits['POST /api/1/authentication/authenticate.json']).toEqual({ perSecond: 4, burst: 7 });
});

test('the smallest limit still lets calls through', () => {
  const smallest = routeLimits([{ method: 'POST', path: '/a', hashesPasswords: true }], {
    ...options,
    passwordRequestsPerSecond: 1,
  });
  expect(smallest['POST /api/1/a.json']).toEqual({ perSecond: 1, burst: 1 });
});

test('by default every route stays below what the smallest region gives an account', () => {
  const { requestsPerSecond, passwordRequestsPerSecond } = optionsFrom(() => undefined);
  for (const perSecond of [requestsPerSecond, passwordRequestsPerSecond]) {
    expect(perSecond).toBeLessThan(2500);
    expect(2 * perSecond).toBeLessThan(1250);
  }
});
