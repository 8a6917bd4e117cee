import type { AccessToken } from '../functions/shared/domain/access/access-token.ts';
import { unknownAccessToken } from '../functions/shared/errors/api-error.ts';
import { readRequest } from '../functions/shared/http/request.ts';
import { endpoints } from '../lib/endpoints.ts';
import { eventOf } from '../lib/local/gateway.ts';
import { table } from './statistics.ts';

/** One request that is dear to read: the operation, the type of its body, and what is in it. */
interface Subject {
  readonly what: string;
  readonly operationId: string;
  readonly type: string;
  readonly body: string;
}

const AT_ONCE_BYTES = 64 * 1024;
const form = 'application/x-www-form-urlencoded';
const json = 'application/json';
const longBoundary = `b${'-'.repeat(7_999)}`;
const boundary = 'a'.repeat(70);
const part = '\r\nContent-Disposition: form-data; name="a"\r\n\r\n';
const multipart = (given: string) => `multipart/form-data; boundary=${given}`;
const filled = (piece: string, bytes: number) => piece.repeat(Math.floor(bytes / piece.length));
const listOf = (piece: string, bytes: number) => `[${filled(`${piece},`, bytes)}${piece}]`;
const tenantOf = (property: string, list: string) => `{"name":"a","${property}":${list}}`;

/** The worst of each kind at a size of the body. */
const ofSize = (bytes: number): readonly Omit<Subject, 'what'>[] => [
  { operationId: 'authenticate', type: form, body: filled('a&', bytes) },
  { operationId: 'authenticate', type: form, body: filled('a=%E2%82%AC&', bytes) },
  { operationId: 'authenticate', type: form, body: `a=${filled('%41', bytes)}` },
  {
    operationId: 'uploadAttachment',
    type: multipart(longBoundary),
    body: `${part}${filled('-', bytes)}`,
  },
  {
    operationId: 'uploadAttachment',
    type: multipart(boundary),
    body: `--${boundary}${part}${filled(`\r\n--${boundary.slice(1)}`, bytes)}`,
  },
  { operationId: 'uploadAttachment', type: multipart(boundary), body: `--${boundary}${part}${filled('a', bytes)}` },
  { operationId: 'uploadAttachment', type: multipart('b'), body: `${filled(`--b${part}\r\n`, bytes)}--b--` },
  { operationId: 'createTenant', type: json, body: tenantOf('attributeDefinitions', listOf('{}', bytes)) },
  { operationId: 'createTenant', type: json, body: tenantOf('availableRoles', listOf('0', bytes)) },
  { operationId: 'createTenant', type: json, body: tenantOf('availableRoles', listOf('[]', bytes)) },
  { operationId: 'createTenant', type: json, body: listOf('[]', bytes) },
  { operationId: 'updateProfileAttributes', type: json, body: `{"a":${listOf('{}', bytes)}}` },
];

const names = [
  ...['form without =', 'form of fields', 'form of one value', 'boundary of 8,000', 'near boundaries', 'one long part'],
  ...[
    'many parts',
    'JSON of definitions',
    'JSON of roles',
    'JSON of wrong roles',
    'JSON of another shape',
    'JSON of an attribute',
  ],
];

const known: AccessToken = {
  id: 'a',
  application: null,
  master: true,
  tenantPermissions: [],
  expiresOnMs: null,
  createdAtMs: 0,
};

/** Milliseconds until such a request is read or refused, its caller known or not; the token travels in the query where `query` has it. */
async function readingMs({ operationId, type, body }: Omit<Subject, 'what'>, isKnown: boolean, query: string) {
  const contract = endpoints.find((endpoint) => endpoint.contract.operationId === operationId)?.contract;
  if (contract === undefined) throw new Error(`There is no operation ${operationId}`);
  const request = { method: contract.method, path: '/', decodedPath: '/', query, body: Buffer.from(body) };
  const match = { routeKey: '', pathParameters: { id: 'x' } };
  const headers = [['content-type', type]] as const;
  const event = eventOf({ ...request, headers }, match, { requestId: '', atMs: 0 });
  const startMs = performance.now();
  const authenticate = () => (isKnown ? Promise.resolve(known) : Promise.reject(unknownAccessToken('a')));
  await readRequest(contract, event, authenticate).catch(() => undefined);
  return (performance.now() - startMs).toFixed(1);
}

const columns = [
  [AT_ONCE_BYTES - 100, false, ''],
  [1_638_400, false, ''],
  [1_638_400, false, 'accessTokenId=a'],
  [1_638_400, true, 'accessTokenId=a'],
  [4_100_000, true, 'accessTokenId=a'],
] as const;

const rows: (readonly (string | number)[])[] = [];
for (const [index, name] of names.entries()) {
  const cells: string[] = [];
  for (const [bytes, isKnown, query] of columns) {
    const subject = ofSize(bytes)[index];
    // Once before, because a function of a minute's age has read others.
    if (subject !== undefined && bytes < AT_ONCE_BYTES) await readingMs(subject, isKnown, query);
    if (subject !== undefined) cells.push(await readingMs(subject, isKnown, query));
  }
  rows.push([name, ...cells]);
}
console.log(
  table(
    [
      'request',
      '64 KB, caller unknown',
      '1.6 MB, no token',
      '1.6 MB, unknown token in the query',
      '1.6 MB, caller known',
      '4.1 MB, caller known',
    ],
    rows,
  ),
);
