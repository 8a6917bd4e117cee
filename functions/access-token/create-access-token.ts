import { randomUUID } from 'node:crypto';
import { newAccessToken } from '../shared/domain/access/access-token.ts';
import { requireMaster } from '../shared/domain/access/permissions.ts';
import { accessTokenExists, assertThat } from '../shared/errors/api-error.ts';
import { accessTokenBody } from '../shared/http/bodies.ts';
import { contractOf } from '../shared/http/contract.ts';
import { endpoint } from '../shared/http/endpoint.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { accessTokenResource, presentAccessToken } from '../shared/http/resources/access-token.ts';
import { createAccessToken } from '../shared/repositories/access-tokens.ts';

/** Lets another application in, with the permissions that the body names. */
export const contract = contractOf({
  operationId: 'createAccessToken',
  summary: 'Create an access token',
  section: '5.1',
  method: 'POST',
  path: '/access_token/create',
  authorisation: 'accessToken',
  parameters: {},
  body: accessTokenBody,
  response: accessTokenResource,
  errors: ['actionDenied', 'accessTokenExists'],
});

export const dependencies = { createAccessToken };

export async function handle(deps: typeof dependencies, { caller, body }: RequestOf<typeof contract>) {
  requireMaster(await caller, 'CREATE_TOKEN');
  const token = newAccessToken(body, body.id ?? randomUUID());
  const created = await deps.createAccessToken(token);
  assertThat(created, () => accessTokenExists(token.id));
  return presentAccessToken(token);
}

export const handler = endpoint(contract, handle, dependencies);
