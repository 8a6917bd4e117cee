import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type * as z from 'zod/mini';
import { noteSubject } from '../audit/tally.ts';
import type { SettingName, Settings } from '../config/settings.ts';
import type { AccessToken } from '../domain/access/access-token.ts';
import { requireWellFormed } from '../domain/values/json.ts';
import { assertThat, missingParameter, severalAccessTokens, unknownRoute } from '../errors/api-error.ts';
import { bearerTokens } from './bearer.ts';
import type { Contract } from './contract.ts';
import { type Field, readForm } from './form-fields.ts';
import { namedSubject } from './named-subject.ts';
import type { ParameterSpecs, ParameterValues } from './parameters.ts';
import { callersInForm, isCostlyBody, readBody, type Upload } from './request-body.ts';

/** Finds the caller's access token by its id; rejects with the 403s of contract 4.1. */
export type Authenticate = (accessTokenId: string | undefined) => Promise<AccessToken>;

/** A request as an endpoint sees it: typed, validated, nothing left of the event. */
export interface Request<Parameters extends ParameterSpecs, Body, Setting extends SettingName> {
  /**
   * The caller's access token, on its way: an endpoint awaits it together with its first read. It rejects with the 403s of contract 4.1.
   * For endpoints of the management token there is none: awaiting it would be a programming error and rejects.
   */
  readonly caller: Promise<AccessToken>;
  readonly parameters: ParameterValues<Parameters>;
  readonly body: Body;
  readonly files: ReadonlyMap<string, Upload>;
  /** The query string as it came, the caller's secret included: for links that lead here again. */
  readonly query: readonly Field[];
  /** The values of the contract's settings. */
  readonly settings: Pick<Settings, Setting>;
}

/** The request type of an endpoint, from its contract. */
export type RequestOf<C> =
  C extends Contract<infer Parameters, infer Body, infer _Response, infer Setting>
    ? Request<Parameters, Body extends z.ZodMiniType ? z.output<Body> : undefined, Setting>
    : never;

/** All occurrences by name: query first, then form (contract 1.3). */
function occurrencesOf(fields: readonly Field[]): ReadonlyMap<string, readonly string[]> {
  const occurrences = new Map<string, string[]>();
  for (const [name, value] of fields) {
    const values = occurrences.get(name);
    if (values === undefined) occurrences.set(name, [value]);
    else values.push(value);
  }
  return occurrences;
}

/** A path that ends in a slash takes nothing or `.json` after it: anything else is no path of ours (contract 5.46, 1.1). */
function requireKnownSuffix({ rawPath, pathParameters }: APIGatewayProxyEventV2): void {
  const suffix = pathParameters?.suffix ?? '';
  assertThat(suffix === '' || suffix === '.json', () => unknownRoute(rawPath));
}

/** Path variables come decoded; the last one carries the client's `.json` along, of which one is stripped (contract 1.1). */
function pathOccurrences(contract: Contract, event: APIGatewayProxyEventV2): ReadonlyMap<string, readonly string[]> {
  const last = /\{(\w+)\}$/.exec(contract.path)?.[1];
  const stripped = contract.parameters[last ?? '']?.keepsSuffix ? undefined : last;
  return new Map(
    Object.entries(event.pathParameters ?? {}).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, [name === stripped ? value.replace(/\.json$/, '') : value]] as const],
    ),
  );
}

function readParameters<Parameters extends ParameterSpecs>(
  specs: Parameters,
  path: ReadonlyMap<string, readonly string[]>,
  fields: ReadonlyMap<string, readonly string[]>,
  ignoredType: string | undefined,
): ParameterValues<Parameters>;
function readParameters(
  specs: ParameterSpecs,
  path: ReadonlyMap<string, readonly string[]>,
  fields: ReadonlyMap<string, readonly string[]>,
  ignoredType: string | undefined,
) {
  const entries = Object.entries(specs).map(([name, spec]) => {
    const source = spec.place === 'path' ? path : fields;
    const spellings = [name, ...(spec.aliases ?? [])].flatMap((spelling) => {
      const occurrences = source.get(spelling) ?? [];
      return occurrences.length === 0 ? [] : [occurrences];
    });
    if (spellings.length === 0) {
      if (spec.required) throw missingParameter(name, ignoredType);
      return [name, undefined];
    }
    for (const occurrence of spellings.flat()) requireWellFormed(occurrence, `Parameter "${name}"`);
    // A list in one spelling is split at its commas, whatever the other spelling has beside it.
    const [value, ...others] = spellings.map((occurrences) => spec.read(name, occurrences));
    return [name, others.length > 0 && spec.union ? spec.union([value, ...others]) : value];
  });
  return Object.fromEntries(entries);
}

function bodyOf<Body extends z.ZodMiniType | undefined>(
  json: unknown,
): Body extends z.ZodMiniType ? z.output<Body> : undefined;
function bodyOf(json: unknown) {
  return json;
}

const tokenOf = (fields: readonly Field[]) => fields.find(([name]) => name === 'accessTokenId')?.[1];

/** Under which id the caller is known: that of the header, or of the parameter. 400 where there are two (contract 9.1 #64). */
function callerIdOf(bearers: readonly string[], fields: readonly Field[]): string | undefined {
  const parameter = tokenOf(fields);
  const [id, ...others] = new Set(parameter ? [...bearers, parameter] : bearers);
  assertThat(others.length === 0, severalAccessTokens);
  return id ?? parameter;
}

/**
 * The caller, where that can and must be known before the body is read, because it is costly. So an unknown caller never has a costly body read that
 * could wait; of a form only its access token is.
 */
async function callerFirst(
  contract: Contract,
  event: APIGatewayProxyEventV2,
  { bearers, query }: { readonly bearers: readonly string[]; readonly query: readonly Field[] },
  authenticate: Authenticate,
): Promise<AccessToken | undefined> {
  if (contract.authorisation !== 'accessToken' || !isCostlyBody(contract, event)) return undefined;
  const id = callerIdOf(bearers, tokenOf(query) === undefined ? callersInForm(contract, event) : query);
  return contract.body !== undefined || id !== undefined ? authenticate(id) : undefined;
}

/**
 * The event as a request, checked in the contract's order (1.2): route, access token, then the body, then the parameters as they are declared. The
 * look-up of the token is only started here, so that it runs beside the endpoint's first read; only a costly body waits for it.
 */
export async function readRequest<Parameters extends ParameterSpecs, Body extends z.ZodMiniType | undefined>(
  contract: Contract<Parameters, Body>,
  event: APIGatewayProxyEventV2,
  authenticate: Authenticate,
) {
  if (contract.path.endsWith('/')) requireKnownSuffix(event);
  const path = pathOccurrences(contract, event);
  noteSubject(namedSubject(contract, Object.fromEntries([...path].map(([name, [value]]) => [name, value]))));
  const query = readForm(Buffer.from(event.rawQueryString), 'The query string');
  const bearers = contract.authorisation === 'accessToken' ? bearerTokens(event) : [];
  const known = await callerFirst(contract, event, { bearers, query: query.fields }, authenticate);
  const body = readBody(contract, event);
  const fields = [...query.fields, ...body.fields];
  const id = callerIdOf(bearers, fields);
  if (body.hidesFields && id === undefined && body.problem !== undefined) throw body.problem;
  const caller = known === undefined ? authenticate(id) : Promise.resolve(known);
  caller.catch(() => undefined);
  try {
    const problem = query.problem ?? body.problem;
    if (problem !== undefined) throw problem;
    const parameters = readParameters(contract.parameters, path, occurrencesOf(fields), body.ignoredType);
    noteSubject(namedSubject(contract, parameters, body.json));
    return { caller, parameters, body: bodyOf<Body>(body.json), files: body.files, query: query.fields };
  } catch (fault) {
    if (contract.authorisation === 'accessToken') await caller;
    throw fault;
  }
}
