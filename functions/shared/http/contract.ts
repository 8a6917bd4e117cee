import type * as z from 'zod/mini';
import type { SettingName } from '../config/settings.ts';
import type { ErrorKind } from '../errors/catalogue.ts';
import type { ParameterSpecs } from './parameters.ts';

/** Nothing: 200 without a body. */
export const EMPTY = 'empty';
/** The bytes of an attachment. */
export const BYTES = 'bytes';

/** A file as an endpoint answers it. */
export interface FileResult {
  readonly contentType: string;
  /** How the bytes are packed; absent: they are not. */
  readonly contentEncoding?: string | undefined;
  readonly bytes: Uint8Array;
}

/**
 * Everything there is to know about an endpoint from outside. The Lambda function, its routes and memory, the local routing, the OpenAPI document
 * and the test matrix all come from it, grants and environment from the dependencies beside it; nothing lists endpoints a second time but `routes.ts`.
 */
export interface Contract<
  Parameters extends ParameterSpecs = ParameterSpecs,
  Body extends z.ZodMiniType | undefined = z.ZodMiniType | undefined,
  Response extends z.ZodMiniType | typeof EMPTY | typeof BYTES = z.ZodMiniType | typeof EMPTY | typeof BYTES,
  Setting extends SettingName = SettingName,
> {
  readonly operationId: string;
  readonly summary: string;
  /** Section of the wire contract, for example `5.42`. */
  readonly section: string;
  readonly method: 'GET' | 'POST';
  /** After `/api/1`, with `{variables}`. */
  readonly path: `/${string}`;
  /** `accessToken`: the caller's `accessTokenId` is looked up; `managementToken`: the endpoint's own `token`. */
  readonly authorisation: 'accessToken' | 'managementToken';
  /** In the order in which they are checked. */
  readonly parameters: Parameters;
  /** The schema of a JSON body; such endpoints read parameters from the query only. */
  readonly body?: Body;
  /** The name of the file part, where the body is `multipart/form-data` with one. */
  readonly upload?: string;
  readonly response: Response;
  /** Settings that it goes by; `handle` gets their values. */
  readonly settings?: readonly Setting[];
  /** The errors of its own; those of every endpoint (access token, parameters, 500) are added by `errorsOf`. */
  readonly errors: readonly ErrorKind[];
  /** The error that the 3.0 wire line answers with an empty 200 (contract 11). */
  readonly absent?: ErrorKind;
  /** argon2id wants a whole vCPU. */
  readonly hashesPasswords?: true;
  readonly readsManyProfiles?: true;
}

/** Declares an endpoint's contract; the types of its request and answer follow from it. */
export const contractOf = <
  const Parameters extends ParameterSpecs,
  Body extends z.ZodMiniType | undefined,
  Response extends z.ZodMiniType | typeof EMPTY | typeof BYTES,
  const Setting extends SettingName = never,
>(
  contract: Contract<Parameters, Body, Response, Setting>,
): Contract<Parameters, Body, Response, Setting> => contract;

/** Every error that a call of the endpoint can end in. */
export function errorsOf(contract: Contract): readonly ErrorKind[] {
  const ofAuthorisation: readonly ErrorKind[] =
    contract.authorisation === 'accessToken'
      ? ['missingAccessToken', 'unknownAccessToken', 'expiredAccessToken']
      : ['managementTokenDenied'];
  const ofBody: readonly ErrorKind[] = contract.method === 'POST' ? ['bodyTooLarge', 'unsupportedContentType'] : [];
  const ofRequest: readonly ErrorKind[] = [...ofBody, 'invalidRequest'];
  return [...new Set([...ofAuthorisation, ...ofRequest, ...contract.errors, 'internal' as const])];
}

/** A result in JSON whose answer has headers of its own. */
export class Headed<Result> {
  readonly result: Result;
  readonly headers: Readonly<Record<string, string>>;

  constructor(result: Result, headers: Readonly<Record<string, string>>) {
    this.result = result;
    this.headers = headers;
  }
}

/** What `handle` gives back for a response of this kind. */
export type HandleResult<Response> = Response extends z.ZodMiniType
  ? z.input<Response> | Headed<z.input<Response>>
  : Response extends typeof BYTES
    ? FileResult | undefined
    : // biome-ignore lint/suspicious/noConfusingVoidType: what a handle without a result gives back
      void;

/** Every setting that the endpoint itself reads. */
export function settingsOf<Setting extends SettingName>(
  contract: Contract<ParameterSpecs, z.ZodMiniType | undefined, z.ZodMiniType | typeof EMPTY | typeof BYTES, Setting>,
): readonly (Setting | 'wireLine')[] {
  return [...new Set(['wireLine' as const, ...(contract.settings ?? [])])];
}
