import { requireMaster } from '../shared/domain/access/permissions.ts';
import { assertThat, noSuchAccessToken } from '../shared/errors/api-error.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { accessTokenResource, presentAccessToken } from '../shared/http/resources/access-token.ts';
import { findAccessToken } from '../shared/repositories/access-tokens.ts';

export const contract = contractOf({
  operationId: 'getAccessToken',
  summary: 'Read an access token',
  section: '5.2',
  method: 'GET',
  path: '/access_token/{id}',
  authorisation: 'accessToken',
  parameters: { id: pathText('Id of the access token') },
  response: accessTokenResource,
  errors: ['actionDenied', 'noSuchAccessToken'],
  absent: 'noSuchAccessToken',
});

export const dependencies = { findAccessToken };

export async function handle(deps: typeof dependencies, { caller, parameters }: RequestOf<typeof contract>) {
  const [accessToken, found] = await Promise.all([caller, deps.findAccessToken(parameters.id)]);
  requireMaster(accessToken, 'READ_TOKEN', parameters.id);
  assertThat(found, () => noSuchAccessToken(parameters.id));
  return presentAccessToken(found);
}

export const handler = endpoint(contract, handle, dependencies);
