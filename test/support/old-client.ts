import * as z from 'zod/mini';
import type { WireLineName } from '../../functions/shared/config/wire-line.ts';
import type { LocalApi } from './local-api.ts';

/** A generation of the released Java clients, which read strictly: see contract 1.4, 2.8, 3 and 11. */
export interface Generation {
  readonly line: WireLineName;
  /** What it takes for "there is none": up to 3.0.0 an empty 200, later a 404. */
  readonly absence: 'empty' | 404;
  /** Whether it knows, and always sends, `cleanseAttributes`. */
  readonly cleansing: boolean;
  readonly errorCodes: readonly string[];
}

/** The 20 names of contract 3; one that a client does not know is no error that it can read. */
const errorCodes = [
  ...['ACCESS_DENIED', 'NO_SUCH_ACCESS_TOKEN_ID', 'ACTION_DENIED', 'NO_SUCH_TENANT', 'TENANT_EXISTS'],
  ...['NO_SUCH_PROFILE', 'PROFILE_EXISTS', 'DISABLED_PROFILE', 'BAD_CREDENTIALS', 'NO_SUCH_TICKET'],
  ...['NO_SUCH_PERSISTENT_LOGIN', 'NO_SUCH_VERIFICATION_TOKEN', 'INVALID_EMAIL_ADDRESS', 'ATTRIBUTE_NOT_DEFINED'],
  ...['ATTRIBUTE_ALREADY_DEFINED', 'PARAM_DESERIALIZATION_ERROR', 'ACCESS_TOKEN_EXISTS', 'INVALID_QUERY'],
  ...['PERMISSION_ERROR', 'OTHER'],
];

/** By the versions that belong to it, the oldest first. */
export const generations = {
  '2.5.2 and 3.0.0': {
    line: '3.0',
    absence: 'empty',
    cleansing: false,
    errorCodes: [...errorCodes, 'MISSING_ACCESS_TOKEN_ID_PARAM', 'EXPIRED_ACCESS_TOKEN'],
  },
  '3.0.1 to 3.1.4': { line: '3.1.0', absence: 404, cleansing: false, errorCodes },
  '3.1.5 and newer': { line: '3.1', absence: 404, cleansing: true, errorCodes },
} as const satisfies Record<string, Generation>;

/** What the client throws: an error that the server told. */
export class ServiceError extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(`${status} ${code}`);
    this.status = status;
    this.code = code;
  }
}

const text = z.string();
const list = z.array(text);
/** The client fails on any other id of a profile or tenant (contract 1.5). */
const objectId = text.check(z.regex(/^[0-9a-f]{24}$/));
const uuid = text.check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/));
const session = { id: uuid, tenant: text, profileId: objectId };
const json = z.record(text, z.json());
const permission = z.strictObject({ application: text, allowedActions: z.nullable(list) });
const definition = z.strictObject({
  name: text,
  metadata: z.nullable(json),
  defaultValue: z.json(),
  permissions: z.array(permission),
});
const tenant = {
  id: objectId,
  name: text,
  verifyNewProfiles: z.boolean(),
  ssoEnabled: z.boolean(),
  availableRoles: list,
  attributeDefinitions: z.array(definition),
};
const profile = z.strictObject({
  id: objectId,
  username: text,
  email: text,
  verified: z.boolean(),
  enabled: z.boolean(),
  createdOn: z.int(),
  lastModified: z.int(),
  tenant: text,
  roles: list,
  attributes: json,
});

/** The client's classes: one field too many or too few, and it cannot read the answer. */
export const shapes = {
  profile,
  profiles: z.array(profile),
  attributes: json,
  ticket: z.strictObject({ ...session, lastRequestTime: z.int() }),
  login: z.strictObject({ ...session, token: uuid, timestamp: z.int() }),
  verificationToken: z.strictObject({ ...session, timestamp: z.int() }),
  number: z.int(),
  tenant: z.strictObject({ ...tenant, cleanseAttributes: z.optional(z.boolean()) }),
  olderTenant: z.strictObject(tenant),
};

/** What the recorded client asks for. */
const accept = 'application/octet-stream, application/xml, application/json, */*';
const failure = z.strictObject({ errorCode: text, message: text });
type Fields = Readonly<Record<string, string | readonly string[]>>;
interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A client of that generation with its access token. */
export function oldClient(api: LocalApi, generation: Generation, accessTokenId: string) {
  const all = (fields: Fields) => ({ accessTokenId, ...fields });

  /** As sent by the client, with its suffix; throws what it would throw. */
  async function call(method: string, path: string, request: object): Promise<Answer> {
    const { status, headers, body, bytes } = await api.request(method, `${path}.json`, {
      ...request,
      headers: { accept },
    });
    if (status === 200 && bytes.length === 0) return { status, body: undefined };
    if (headers.get('content-type') !== 'application/json;charset=UTF-8') throw new Error(`${path}: no JSON`);
    if (status === 200) return { status, body };
    const { errorCode } = z.parse(failure, body);
    if (!generation.errorCodes.includes(errorCode)) throw new Error(`${path}: unknown error code ${errorCode}`);
    throw new ServiceError(status, errorCode);
  }
  const query = (path: string, fields: Fields) => call('GET', path, { query: all(fields) });
  const post = (path: string, fields: Fields) => call('POST', path, { form: all(fields) });

  return {
    generation,
    get: async <Shape extends z.ZodMiniType>(shape: Shape, path: string, fields: Fields = {}) =>
      z.parse(shape, (await query(path, fields)).body),
    /** One thing that may not be there; undefined where it is not. */
    find: async <Shape extends z.ZodMiniType>(shape: Shape, path: string, fields: Fields = {}) => {
      try {
        const { body } = await query(path, fields);
        return body === undefined && generation.absence === 'empty' ? undefined : z.parse(shape, body);
      } catch (error) {
        if (error instanceof ServiceError && error.status === generation.absence) return undefined;
        throw error;
      }
    },
    post: async <Shape extends z.ZodMiniType>(shape: Shape, path: string, fields: Fields = {}) =>
      z.parse(shape, (await post(path, fields)).body),
    postJson: async <Shape extends z.ZodMiniType>(shape: Shape, path: string, body: unknown, fields: Fields = {}) =>
      z.parse(shape, (await call('POST', path, { query: all(fields), json: body })).body),
    /** A call without result; anything but nothing is an error. */
    order: async (path: string, fields: Fields = {}) => {
      expect((await post(path, fields)).body).toBeUndefined();
    },
  };
}

export type OldClient = ReturnType<typeof oldClient>;

/** What a tenant is to that client. */
export const tenantShape = ({ generation }: OldClient) => (generation.cleansing ? shapes.tenant : shapes.olderTenant);
