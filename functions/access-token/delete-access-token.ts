import { requireMaster } from '../shared/domain/access/permissions.ts';
import { contractOf, EMPTY } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import { pathText } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { deleteAccessToken } from '../shared/repositories/access-tokens.ts';

/** Also where there is none; a token may delete itself. */
export const contract = contractOf({
  operationId: 'deleteAccessToken',
  summary: 'Delete an access token',
  section: '5.4',
  method: 'POST',
  path: '/access_token/{id}/delete',
  authorisation: 'accessToken',
  parameters: { id: pathText('Id of the access token') },
  response: EMPTY,
  errors: ['actionDenied'],
});

export const dependencies = { deleteAccessToken };

export async function handle(deps: typeof dependencies, { caller, parameters }: RequestOf<typeof contract>) {
  requireMaster(await caller, 'DELETE_TOKEN', parameters.id);
  await deps.deleteAccessToken(parameters.id);
}

export const handler = endpoint(contract, handle, dependencies);
