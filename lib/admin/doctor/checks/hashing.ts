import crypto from 'node:crypto';
import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { type Check, ok, warning } from '../check.ts';

const DAY_MS = 86_400_000;

/** Each sandbox that has to compute argon2id in WebAssembly counts one. */
const deployed: Check = {
  name: 'argon2id',
  only: 'deployed',
  look: async ({ stage, nowMs }) => {
    const { Datapoints = [] } = await new CloudWatchClient().send(
      new GetMetricStatisticsCommand({
        Namespace: 'ServerlessProfile',
        MetricName: 'Argon2idFallback',
        Dimensions: [{ Name: 'stage', Value: stage }],
        StartTime: new Date(nowMs - DAY_MS),
        EndTime: new Date(nowMs),
        Period: DAY_MS / 1000,
        Statistics: ['Sum'],
      }),
    );
    const starts = Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0);
    if (starts === 0) return ok('native: no function had to do without in the last 24 hours');
    return warning(
      `${starts} starts of functions in the last 24 hours had the fallback: sign-ins take three times the time`,
      'the runtime has lost it: tell AWS, and see docs/operating.md',
    );
  },
};

const local: Check = {
  name: 'argon2id',
  only: 'local',
  look: async () => {
    try {
      const input = {
        message: 'proof',
        nonce: new Uint8Array(16),
        memory: 8,
        passes: 1,
        parallelism: 1,
        tagLength: 32,
      };
      crypto.argon2Sync('argon2id', input);
      return ok('native');
    } catch {
      return warning('this Node has the fallback: sign-ins take three times the time', 'take the Node of "npm ci"');
    }
  },
};

/** Of what hashes passwords. */
export const hashingChecks: readonly Check[] = [deployed, local];
