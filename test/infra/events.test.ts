import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleNames } from '../../lib/build/bundle.ts';
import { endpoints } from '../../lib/endpoints.ts';
import { lambdaContext } from '../../lib/local/lambda-context.ts';
import { routerOf } from '../../lib/local/router.ts';
import { loadData } from '../../lib/local/sample-data.ts';
import { routeKeysOf } from '../../lib/routes.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

const eventOf = (name: string) => JSON.parse(readFileSync(join('events', `${name}.json`), 'utf8'));

test('every function has a sample event ("npm run events" writes missing ones), and no event is left over', () => {
  const missing = bundleNames().filter((name) => !existsSync(join('events', `${name}.json`)));
  const files = readdirSync('events', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  const leftOver = files.filter((file) => !bundleNames().includes(file.slice(0, -'.json'.length)));
  expect({ missing, leftOver }).toEqual({ missing: [], leftOver: [] });
});

const router = routerOf(
  endpoints.flatMap(({ contract, name }) => routeKeysOf(contract).map((routeKey) => [routeKey, name] as const)),
);

test.each(endpoints.map(({ name }) => name))('the event of %s is what API Gateway sends to it', (name) => {
  const event = eventOf(name);
  const { http, routeKey } = event.requestContext;
  const match = router(http.method, event.rawPath);
  const { routeKey: ofEvent, rawPath, pathParameters } = event;
  expect({ target: name, routeKey: ofEvent, pathParameters }).toEqual(match);
  expect([event.version, routeKey, http.path]).toEqual(['2.0', ofEvent, rawPath]);
});

describe('on the sample data', () => {
  let api: LocalApi;
  beforeAll(async () => {
    api = await startLocalApi({ bucket: true });
  });
  afterAll(() => api.stop());

  let changed = true;
  beforeEach(async () => {
    if (!changed) return;
    await Promise.all([api.clear('profiles'), api.clear('tokens'), api.clear('tickets')]);
    await loadData();
  });

  test.each(endpoints)('the event of $name works', async (endpoint) => {
    changed = endpoint.contract.method === 'POST';
    const { statusCode, body } = await endpoint.handler(eventOf(endpoint.name), lambdaContext(endpoint.name, 'test'));
    expect({ statusCode, body }).toEqual({ statusCode: 200, body: expect.any(String) });
  });
});
