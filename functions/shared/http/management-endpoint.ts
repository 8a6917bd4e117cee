import type * as z from 'zod/mini';
import type { SettingName } from '../config/settings.ts';
import { requireManagementToken } from '../domain/access/management-token.ts';
import { assertThat, invalidRequest } from '../errors/api-error.ts';
import type { LambdaHandler } from './as-invocation.ts';
import type { Contract, HandleResult } from './contract.ts';
import { endpointWith } from './middleware-stack.ts';
import { optionalText, type Parameter } from './parameters.ts';
import type { Request } from './request.ts';

/** The one parameter of such an endpoint; the wire line says whether it may be absent, so that this is not the parameter's to check. */
export const managementParameters = { token: optionalText('The management token') };
/** What every such endpoint reads besides its own settings. */
export const managementSettings = ['managementTokenSha256', 'wireLine'] as const;

type Token = { readonly token: Parameter<string | undefined> };
type Body = z.ZodMiniType | undefined;
type TokenSetting = (typeof managementSettings)[number];

const noCaller = endpointWith(async () => {
  throw new Error('An endpoint of the management token has no caller');
});

/** 400 `OTHER` without a token, 401 `ACCESS_DENIED` with a wrong one; on the line 3.1.0 neither (contract 5.57, 11). */
function requireToken({ parameters, settings }: Request<Token, unknown, TokenSetting>): void {
  if (!settings.wireLine.monitoringToken) return;
  const { token } = parameters;
  assertThat(token !== undefined, () => invalidRequest('Parameter "token" is missing'));
  requireManagementToken(token, settings.managementTokenSha256);
}

/**
 * The handler of an endpoint for whoever has the management token (contract 5.57), which is checked before `handle` begins. It has no access token,
 * and carries no byte of the store's client.
 */
export const managementEndpoint = <Response extends z.ZodMiniType, Setting extends SettingName>(
  contract: Contract<Token, Body, Response, Setting | TokenSetting>,
  handle: (dependencies: object, request: Request<Token, unknown, Setting | TokenSetting>) => HandleResult<Response>,
): LambdaHandler =>
  noCaller<Token, Body, Response, Setting | TokenSetting, object>(
    contract,
    (dependencies, request) => {
      requireToken(request);
      return handle(dependencies, request);
    },
    {},
  );
