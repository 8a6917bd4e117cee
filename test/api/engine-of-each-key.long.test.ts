import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Engine, startEngine } from '../../lib/local/engine.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

const variable = 'AWS_ENDPOINT_URL_DYNAMODB';
let engines: readonly Engine[];
let proxy: Server;
let api: LocalApi;
const byKey = new Map<string, Engine>();

/** Each access key has an engine of its own, as with DynamoDB Local. */
beforeAll(async () => {
  delete process.env[variable];
  engines = [await startEngine(), await startEngine()];
  proxy = createServer(async (request, response) => {
    const key = /Credential=([^/]+)/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const engine = byKey.get(key) ?? engines[byKey.size % engines.length];
    if (engine === undefined) return response.destroy();
    byKey.set(key, engine);
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { host, connection, 'content-length': _, ...headers } = request.headers;
    const answer = await fetch(engine.url, {
      method: request.method ?? 'POST',
      headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
      body: Buffer.concat(chunks),
    });
    const body = Buffer.from(await answer.arrayBuffer());
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(body);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port } = proxy.address() as AddressInfo;
  process.env[variable] = `http://127.0.0.1:${port}`;
  api = await startLocalApi();
});
afterAll(async () => {
  await api.stop();
  proxy.closeAllConnections();
  proxy.close();
  await Promise.all(engines.map((engine) => engine.stop()));
});

test('whatever speaks to the engine has one access key, so that all of it sees the same tables', async () => {
  await api.seedAccessToken();
  await api.seedTenant();
  const form = {
    accessTokenId: 'app-token',
    tenantName: 'default',
    username: 'u',
    email: 'u@example.com',
    enabled: 'true',
  };
  const { status, body } = await api.request('POST', '/profile/create', { form });
  expect(status).toBe(200);
  const read = await api.request('GET', `/profile/${body.id}`, { query: { accessTokenId: 'app-token' } });
  expect([read.status, read.body.username]).toEqual([200, 'u']);
  expect([...byKey.keys()]).toHaveLength(1);
});
