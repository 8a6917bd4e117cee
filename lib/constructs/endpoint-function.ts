import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Contract } from '../../functions/shared/http/contract.ts';
import type { Endpoint } from '../endpoints.ts';
import { environmentNamesOf, needsOf, pascal } from '../needs.ts';
import { routeKeysOf } from '../routes.ts';
import type { Installation } from './bundled-function.ts';
import { type BehindApi, RoutedFunction } from './routed-function.ts';

/** One second less than the gateway waits. */
export const ANSWER_WITHIN = Duration.seconds(29);
/** Enough for what waits for tables; a whole vCPU for what computes. */
const MEMORY = { waiting: 512, computing: 1769 };

/** The memory of an endpoint's function, in MB. */
export const memoryOf = ({ hashesPasswords, readsManyProfiles }: Contract): number =>
  hashesPasswords || readsManyProfiles ? MEMORY.computing : MEMORY.waiting;

/** The function and routes of one endpoint, all of it by its contract. */
export class EndpointFunction extends RoutedFunction {
  constructor(scope: Construct, endpoint: Endpoint, behind: BehindApi, installation: Installation) {
    const { contract, name } = endpoint;
    super(scope, pascal(contract.operationId), {
      ...installation,
      ...behind,
      bundle: name,
      description: contract.summary,
      needs: needsOf(endpoint),
      settings: environmentNamesOf(endpoint),
      memorySize: memoryOf(contract),
      timeout: ANSWER_WITHIN,
      routeKeys: routeKeysOf(contract, installation.options.contextPath),
    });
  }
}
