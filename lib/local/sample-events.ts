import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { endpoints } from '../endpoints.ts';
import { type ExampleParameters, exampleOf } from '../openapi/examples.ts';
import { sample } from '../openapi/sample.ts';
import { routeKeysOf } from '../routes.ts';
import { decodedPath, eventOf, type WireRequest } from './gateway.ts';
import { routerOf } from './router.ts';

type Endpoint = (typeof endpoints)[number];

const host: WireRequest['headers'] = [
  ['Host', 'localhost:8080'],
  ['User-Agent', 'sample'],
];
const call = { requestId: '00000000-0000-4000-8000-000000000000', atMs: sample.createdOn };
const BOUNDARY = 'sample-boundary';
/** The smallest PNG there is: one transparent pixel. */
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Parameters as form text; a list is repeated. */
function fieldsOf(parameters: ExampleParameters): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    for (const one of [value].flat()) fields.append(name, String(one));
  return fields;
}

function multipart(fields: URLSearchParams, fileField: string): Buffer {
  const part = (disposition: string) => `--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\n`;
  const texts = [...fields].map(([name, value]) => `${part(`name="${name}"`)}\r\n${value}\r\n`);
  const head = `${part(`name="${fileField}"; filename="upload.tmp"`)}Content-Type: application/octet-stream\r\n\r\n`;
  return Buffer.concat([
    Buffer.from(`${texts.join('')}${head}`),
    Buffer.from(pixel, 'base64'),
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ]);
}

/** Where the parameters go: the body's type says how clients send them (contract 1.3). */
function contentOf(contract: Endpoint['contract'], fields: URLSearchParams, json: unknown): Partial<WireRequest> {
  const typed = (type: string): WireRequest['headers'] => [...host, ['Content-Type', type]];
  if (contract.body !== undefined)
    return { query: String(fields), headers: typed('application/json'), body: Buffer.from(JSON.stringify(json)) };
  if (contract.method === 'GET') return { query: String(fields) };
  if (contract.upload !== undefined)
    return { headers: typed(`multipart/form-data; boundary=${BOUNDARY}`), body: multipart(fields, contract.upload) };
  return { headers: typed('application/x-www-form-urlencoded'), body: Buffer.from(String(fields)) };
}

function eventFor({ contract }: Endpoint): APIGatewayProxyEventV2 {
  const { parameters = {}, body } = exampleOf(contract.operationId);
  const routeKeys = routeKeysOf(contract);
  const path = routeKeys[0]
    .slice(contract.method.length + 1)
    .replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(parameters[name])));
  const isVariable = (name: string) => contract.path.includes(`{${name}}`);
  const others = Object.entries(parameters).filter(([name]) => !isVariable(name));
  const token = contract.authorisation === 'accessToken' ? { accessTokenId: sample.accessToken } : {};
  const fields = fieldsOf({ ...token, ...Object.fromEntries(others) });
  const empty = { method: contract.method, path, query: '', headers: host, body: Buffer.alloc(0) };
  const request = { ...empty, ...contentOf(contract, fields, body), decodedPath: decodedPath(path) ?? path };
  const match = routerOf(routeKeys.map((routeKey) => [routeKey, undefined]))(contract.method, request.decodedPath);
  return eventOf(request, match, call);
}

function eventOfNothing(): APIGatewayProxyEventV2 {
  const path = '/crafter-profile/api/1/nothing';
  const request = { method: 'GET', path, decodedPath: path, query: '', headers: host, body: Buffer.alloc(0) };
  return eventOf(request, undefined, call);
}

/** The record of the stream that calls the worker. */
const openSweep = {
  Records: [
    {
      eventID: call.requestId,
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      dynamodb: { Keys: { pk: { S: 'SWEEP' }, sk: { S: sample.tenantId } }, StreamViewType: 'KEYS_ONLY' },
    },
  ],
};

/** What calls the hourly look; what it says does not matter. */
const hourly = {
  version: '0',
  id: call.requestId,
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  region: 'us-east-1',
  time: new Date(call.atMs).toISOString(),
  resources: [],
  detail: {},
};

/** One event for every function, by its name, that works on the sample data; made from the examples of the OpenAPI document. */
export const sampleEvents = (): ReadonlyMap<string, object> =>
  new Map<string, object>([
    ...endpoints.map((endpoint): [string, object] => [endpoint.name, eventFor(endpoint)]),
    ['fallback', eventOfNothing()],
    ['sweep-tenants', openSweep],
    ['watch', hourly],
  ]);
