import type * as z from 'zod/mini';
import type { SettingName } from '../config/settings.ts';
import { requireManagementToken } from '../domain/access/management-token.ts';
import type { LambdaHandler } from './as-invocation.ts';
import type { Contract, HandleResult } from './contract.ts';
import { endpointWith } from './middleware-stack.ts';
import type { Parameter } from './parameters.ts';
import type { Request } from './request.ts';

/** The one parameter of such an endpoint. */
type Token = { readonly token: Parameter<string> };
type Body = z.ZodMiniType | undefined;
/** What every such endpoint reads besides its own settings. */
type TokenSetting = 'managementTokenSha256';

const noCaller = endpointWith(async () => {
  throw new Error('An endpoint of the management token has no caller');
});

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
      requireManagementToken(request.parameters.token, request.settings.managementTokenSha256);
      return handle(dependencies, request);
    },
    {},
  );
