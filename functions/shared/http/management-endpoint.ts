import { endpointWith } from './middleware-stack.ts';

/**
 * The handler of an endpoint that asks for the management token, a parameter of its own (contract 5.57). It has no access token, and carries no
 * byte of the store's client.
 */
export const managementEndpoint = endpointWith(async () => {
  throw new Error('An endpoint of the management token has no caller');
});
