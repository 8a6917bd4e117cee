import * as z from 'zod/mini';
import { requireMaster } from '../shared/domain/access/permissions.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { accessTokenResource, presentAccessToken } from '../shared/http/resources/access-token.ts';
import { listAccessTokens } from '../shared/repositories/access-tokens.ts';

export const contract = contractOf({
  operationId: 'getAllAccessTokens',
  summary: 'List all access tokens',
  section: '5.3',
  method: 'GET',
  path: '/access_token/all',
  authorisation: 'accessToken',
  parameters: {},
  response: z.array(accessTokenResource),
  errors: ['actionDenied'],
});

export const dependencies = { listAccessTokens };

export async function handle(deps: typeof dependencies, { caller }: RequestOf<typeof contract>) {
  const [accessToken, tokens] = await Promise.all([caller, deps.listAccessTokens()]);
  requireMaster(accessToken, 'READ_TOKEN');
  return tokens.map(presentAccessToken);
}

export const handler = endpoint(contract, handle, dependencies);
