import { randomUUID } from 'node:crypto';
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { forgetSettings } from '../../functions/shared/config/configuration.ts';
import { fallbackHandler } from '../../functions/shared/http/fallback.ts';
import { keepAuditKey } from '../../functions/shared/repositories/audit-key.ts';
import { documentClient } from '../../functions/shared/repositories/dynamodb/client.ts';
import { endpoints } from '../../lib/endpoints.ts';
import { startEngine } from '../../lib/local/engine.ts';
import { localEnvironment, localTableNames } from '../../lib/local/environment.ts';
import { startHttpServer } from '../../lib/local/http-server.ts';
import { createTables } from '../../lib/local/tables.ts';
import { apiBase, routeTableOf } from '../../lib/routes.ts';
import { type Mailbox, startMailbox } from './mailbox.ts';
import { asDeployed } from './recorded-calls.ts';
import { type Seed, seedOf } from './seed.ts';

type Fields = Readonly<Record<string, string | readonly string[]>>;

export interface ApiRequest {
  readonly query?: Fields;
  /** A form body; a value that is a list is sent several times. */
  readonly form?: Fields;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Anything else, as it is; give its content type in `headers`. */
  readonly body?: string | Uint8Array<ArrayBuffer> | FormData;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed value of a JSON answer, the text of any other; undefined where there is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
  readonly bytes: Buffer;
}

/** The API in this process on the sources, over HTTP, with an engine and a mailbox of its own. */
export interface LocalApi extends Seed {
  /** Where the server listens, without any path. */
  readonly origin: string;
  /** Up to and with `/api/1`. */
  readonly url: string;
  /** `path` stands after `/api/1`, encoded. */
  request(method: string, path: string, request?: ApiRequest): Promise<ApiResponse>;
  readonly mailbox: Mailbox;
  /** The mails that arrived, oldest first. */
  readonly mails: Mailbox['mails'];
  stop(): Promise<void>;
}

export interface LocalApiOptions {
  /** Further environment variables, for example `{ WIRE_LINE: '3.0' }`. */
  readonly env?: Readonly<Record<string, string>>;
  /** With an S3 emulator of its own. */
  readonly bucket?: boolean;
}

function parametersOf(fields: Fields): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) parameters.append(name, one);
  return parameters;
}

async function send(base: string, method: string, path: string, request: ApiRequest): Promise<ApiResponse> {
  const query = request.query === undefined ? '' : `?${parametersOf(request.query)}`;
  const json = request.json === undefined ? undefined : JSON.stringify(request.json);
  const body = request.body ?? json ?? (request.form && parametersOf(request.form));
  const answer = await fetch(`${base}${path}${query}`, {
    method,
    redirect: 'manual',
    headers: { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...request.headers },
    ...(body === undefined ? {} : { body }),
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  const text = bytes.length === 0 ? undefined : bytes.toString('utf8');
  const isJson = (answer.headers.get('content-type') ?? '').startsWith('application/json');
  return { status: answer.status, headers: answer.headers, body: isJson && text ? JSON.parse(text) : text, bytes };
}

async function startBucket() {
  const { startS3 } = await import('../../lib/local/s3.ts');
  return startS3();
}

/** Names that no other test file has: all may run against one engine that the environment names. */
export function ownTableNames(): Readonly<Record<'PROFILES_TABLE' | 'TOKENS_TABLE' | 'TICKETS_TABLE', string>> {
  const id = randomUUID();
  return { PROFILES_TABLE: `profiles-${id}`, TOKENS_TABLE: `tokens-${id}`, TICKETS_TABLE: `tickets-${id}` };
}

/** Takes them from an engine that goes on. */
async function dropTables(): Promise<void> {
  const client = new DynamoDBClient();
  const drop = (TableName: string) => client.send(new DeleteTableCommand({ TableName }));
  await Promise.all(Object.values(localTableNames()).map(drop));
  client.destroy();
}

/** Starts it; once in a test file, because clients are made once. Stop it in `afterAll`. */
export async function startLocalApi(options: LocalApiOptions = {}): Promise<LocalApi> {
  const isGiven = Boolean(process.env.AWS_ENDPOINT_URL_DYNAMODB);
  const engine = await startEngine();
  Object.assign(process.env, ownTableNames());
  const mailbox = await startMailbox();
  const bucket = options.bucket ? await startBucket() : undefined;
  const environment = localEnvironment({ dynamodb: engine.url, ses: mailbox.url, s3: bucket?.url });
  Object.assign(process.env, { POWERTOOLS_LOG_LEVEL: 'SILENT' }, environment, options.env);
  forgetSettings();
  await createTables(engine.url, localTableNames());
  // As in a sandbox that has read it while it started.
  keepAuditKey(Buffer.alloc(32, 'key'));
  const contracts = endpoints.map(({ contract }) => contract);
  const server = await startHttpServer({
    functions: endpoints.map(asDeployed),
    fallback: fallbackHandler(routeTableOf(contracts)),
  });
  const url = `${server.url}${apiBase()}`;
  return {
    ...seedOf(),
    origin: server.url,
    url,
    request: (method, path, request = {}) => send(url, method, path, request),
    mailbox,
    mails: mailbox.mails,
    stop: async () => {
      documentClient().destroy();
      if (isGiven) await dropTables();
      await Promise.all([server.stop(), mailbox.stop(), engine.stop(), bucket?.stop()]);
    },
  };
}
