import { randomBytes } from 'node:crypto';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Contract } from '../../functions/shared/http/contract.ts';
import type { Endpoint } from '../../lib/endpoints.ts';
import { eventOf } from '../../lib/local/gateway.ts';
import { lambdaContext } from '../../lib/local/lambda-context.ts';
import { definition } from './definitions.ts';
import type { LocalApi } from './local-api.ts';
import { asDeployed } from './recorded-calls.ts';
import { seedPersistentLogin, seedTicket, seedVerificationToken } from './sessions.ts';

/** A call of one endpoint, straight to its function: no size limit of a server stands before it. */
export interface Call {
  /** Path variables, decoded. */
  readonly path: Readonly<Record<string, string>>;
  /** In their order, repeats included. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Instead of the query that the fields make. */
  readonly rawQuery?: string;
  readonly body?: string | Buffer;
  readonly contentType?: string;
  /** The header of this name. */
  readonly authorization?: string;
}

/** Ids of things that are there, and values that are right, by the names of parameters. */
const values: Readonly<Record<string, string>> = {
  accessTokenId: 'app-token',
  token: 'defaultManagementToken',
  tenantName: 'default',
  username: 'mara',
  password: 'right',
  email: 'mara@example.org',
  enabled: 'true',
  role: 'R',
  verify: 'true',
  attributes: '{"firstName":"Mara"}',
  attributesToReturn: 'firstName',
  attributeName: 'firstName',
  attributeValue: 'Mara',
  query: '{username: "mara"}',
  newPassword: 'new',
  resetPasswordUrl: 'https://app.example.com/',
  verificationUrl: 'https://app.example.com/',
  filename: 'a.png',
  attachmentId: 'a',
  sortBy: 'username',
  sortOrder: 'ASC',
  start: '0',
  count: '1',
  name: 'default',
  profileId: '592715d4d4c650e226b03b62',
};

/** The body of the routes whose JSON has a shape; any other has an empty object. */
const bodies: Readonly<Record<string, unknown>> = {
  updateTenant: { name: 'default' },
  updateProfileAttributes: { firstName: 'Mara' },
  addAttributeDefinitions: [{ name: 'firstName' }],
  updateAttributeDefinitions: [{ name: 'firstName' }],
};

/** What the seeded world calls its things; sessions and tokens are made anew with each seeding. */
export interface World {
  readonly ticketId: string;
  readonly loginId: string;
  readonly verificationTokenId: string;
  /** What nothing is called yet. */
  readonly fresh: string;
}

/** One tenant with one profile and one of everything that a profile can have, and callers of all kinds; repeatable. */
export async function seedWorld(api: LocalApi): Promise<World> {
  const tokens = [
    { id: 'app-token', master: true },
    { id: 'spare' },
    { id: 'expired', master: true, expiresOnMs: 1 },
    { id: 'powerless', tenantPermissions: [] },
    { id: 'stranger', tenantPermissions: [{ tenant: 'other', allowedActions: ['*'] }] },
  ];
  const [, , profile] = await Promise.all([
    api.seedAccessTokens(tokens),
    api.seedTenant({ id: '5a0000000000000000000001', attributeDefinitions: [definition('firstName')] }),
    api.seedProfile({ id: values.profileId ?? '', username: 'mara', password: 'right' }),
  ]);
  const [ticket, login, token] = await Promise.all([
    seedTicket(profile),
    seedPersistentLogin(profile),
    seedVerificationToken(profile),
  ]);
  return {
    ticketId: ticket.id,
    loginId: login.id,
    verificationTokenId: token.id,
    fresh: `fresh-${randomBytes(8).toString('hex')}`,
  };
}

/** What `{id}` stands for in this path. */
function idOf({ path }: Contract, world: World): string {
  if (path.startsWith('/access_token/')) return 'spare';
  if (path.includes('/verification_token/{id}')) return world.verificationTokenId;
  if (path.startsWith('/authentication/ticket/')) return world.ticketId;
  if (path.startsWith('/authentication/persistent_login/')) return world.loginId;
  return values.profileId ?? '';
}

function givenValue(contract: Contract, name: string, world: World): string {
  if (name === 'id') return idOf(contract, world);
  if (name === 'username' && contract.operationId === 'createProfile') return world.fresh;
  if (name === 'ticketId') return world.ticketId;
  if (name === 'verificationTokenId' || name === 'resetTokenId') return world.verificationTokenId;
  const value = values[name];
  if (value === undefined) throw new Error(`Give parameter "${name}" of ${contract.operationId} a value here`);
  return value;
}

/** The call that succeeds: what is required, and no more. */
export function goodCall(contract: Contract, world: World): Call {
  const specs = Object.entries(contract.parameters).filter(([, { required }]) => required);
  const of = (place: string) =>
    specs
      .filter(([, spec]) => spec.place === place)
      .map(([name]) => [name, givenValue(contract, name, world)] as const);
  const json = contract.operationId === 'createTenant' ? { name: world.fresh } : (bodies[contract.operationId] ?? {});
  const token = contract.authorisation === 'accessToken' ? 'accessTokenId' : 'token';
  const caller = [[token, values[token] ?? ''] as const];
  return {
    path: Object.fromEntries(of('path')),
    fields: [...caller, ...of('parameter')],
    ...(contract.body && {
      body: JSON.stringify(json),
      contentType: 'application/json',
    }),
  };
}

/** The same call with another value of this field, or without it. */
export function withField(call: Call, name: string, value: string | undefined): Call {
  const others = call.fields.filter(([field]) => field !== name);
  return { ...call, fields: value === undefined ? others : [...others, [name, value]] };
}

/** The same call with its access token in the header instead. */
export function withBearer(call: Call, id: string): Call {
  return { ...withField(call, 'accessTokenId', undefined), authorization: `Bearer ${id}` };
}

/** The fields as a query. */
export function queryOf({ fields }: Call): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of fields) parameters.append(name, value);
  return String(parameters);
}

export async function send(endpoint: Endpoint, call: Call): Promise<APIGatewayProxyStructuredResultV2> {
  const { contract } = endpoint;
  const query = call.rawQuery ?? queryOf(call);
  const body = Buffer.from(call.body ?? '');
  const decodedPath = contract.path.replace(/\{(\w+)\}/g, (_, name) => call.path[name] ?? '');
  const headers = Object.entries({ 'content-type': call.contentType, authorization: call.authorization }).flatMap(
    ([name, value]) => (value === undefined ? [] : [[name, value] as const]),
  );
  const request = { method: contract.method, path: decodedPath, decodedPath, query, headers, body };
  const match = {
    routeKey: `${contract.method} ${contract.path}`,
    ...(Object.keys(call.path).length > 0 ? { pathParameters: call.path } : {}),
  };
  const event = eventOf(request, match, { requestId: 'test', atMs: 0 });
  return asDeployed(endpoint).handler(event, lambdaContext(endpoint.name, 'test'));
}
