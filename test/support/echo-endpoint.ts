import * as z from 'zod/mini';
import type { AccessToken } from '../../functions/shared/domain/access/access-token.ts';
import { missingAccessToken } from '../../functions/shared/errors/api-error.ts';
import { contractOf } from '../../functions/shared/http/contract.ts';
import { endpointWith } from '../../functions/shared/http/middleware-stack.ts';
import {
  attributesToReturn,
  optionalFlag,
  optionalInteger,
  optionalList,
  optionalText,
} from '../../functions/shared/http/parameters.ts';
import type { RequestOf } from '../../functions/shared/http/request.ts';
import { type LocalServer, startHttpServer } from '../../lib/local/http-server.ts';

const contract = contractOf({
  operationId: 'echo',
  summary: 'Tell what came',
  section: '1.3',
  method: 'POST',
  path: '/echo',
  authorisation: 'accessToken',
  parameters: {
    text: optionalText('Any'),
    role: optionalList('Any'),
    flag: optionalFlag('Any'),
    count: optionalInteger('Any'),
    attributesToReturn,
  },
  response: z.record(z.string(), z.unknown()),
  errors: [],
});

/** What was not sent is left out; the caller is the id of the access token, files are name and bytes as Latin-1 by the name of their part. */
async function handle(_: object, { caller, parameters, files }: RequestOf<typeof contract>) {
  const { id } = await caller;
  const sent = Object.entries(parameters).filter(([, value]) => value !== undefined);
  const parts = [...files].map(([name, { fileName, bytes }]) => [
    name,
    [fileName, Buffer.from(bytes).toString('latin1')],
  ]);
  return {
    caller: id,
    ...Object.fromEntries(sent),
    ...(parts.length === 0 ? {} : { files: Object.fromEntries(parts) }),
  };
}

const authenticate = async (id: string | undefined): Promise<AccessToken> => {
  if (id === undefined) throw missingAccessToken();
  return { id, application: null, master: false, tenantPermissions: [], expiresOnMs: null, createdAtMs: 0 };
};

/** A server of one endpoint, which takes one parameter of each kind and answers what came of the request; any access token is known. */
export function startEcho(): Promise<LocalServer> {
  Object.assign(process.env, { POWERTOOLS_LOG_LEVEL: 'SILENT', UPLOAD_LIMIT_BYTES: '4194304' });
  const handler = endpointWith(authenticate)(contract, handle, {});
  return startHttpServer({ functions: [{ contract, handler, name: 'echo' }], fallback: handler });
}

/** Where it answers, to the caller `a`. */
export const ECHO = '/crafter-profile/api/1/echo?accessTokenId=a';
