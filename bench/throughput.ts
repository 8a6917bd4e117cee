import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack } from '../lib/local/stack.ts';
import { sample } from '../lib/openapi/sample.ts';
import { rateOf } from './load.ts';
import { median, ratio, table } from './statistics.ts';
import { startSubject } from './subject-process.ts';

const ROUNDS = 7;
/** Until both are compiled. */
const WARM_UP_ROUNDS = 4;
const REQUESTS = 1500;

/** Requests a second of the local server with the real bundle of one read, against a bare server that makes the same calls; interleaved. */
async function throughput(env: Readonly<Record<string, string>>, path: string): Promise<string> {
  const ours = await startSubject('bench/subjects/our-server.ts', env);
  const bare = await startSubject('bench/subjects/bare-server.mjs', env);
  const rates = { ours: [] as number[], bare: [] as number[] };
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    const [us, them] = [
      await rateOf({ url: `${ours.line}${path}` }, REQUESTS),
      await rateOf({ url: bare.line }, REQUESTS),
    ];
    if (round < WARM_UP_ROUNDS) continue;
    rates.ours.push(us);
    rates.bare.push(them);
  }
  ours.stop();
  bare.stop();
  const [us, them] = [median(rates.ours), median(rates.bare)];
  return table(
    ['server', 'requests/s', 'ratio'],
    [
      ['bare Node server, same SDK calls', them.toFixed(0), '1.00'],
      ['local server, bundle of getProfile', us.toFixed(0), ratio(us, them)],
    ],
  );
}

const directory = mkdtempSync(join(tmpdir(), 'bench-'));
const outdir = join(directory, 'bundles');
const stack = await startStack({ port: 0, directory, outdir, memory: true });
const env = {
  ...stack.environment,
  BENCH_OUTDIR: outdir,
  BENCH_TOKEN: sample.accessToken,
  BENCH_PROFILE: sample.profileId,
};
const path = `/crafter-profile/api/1/profile/${sample.profileId}?accessTokenId=${sample.accessToken}`;
console.log(await throughput(env, path));
await stack.stop();
rmSync(directory, { recursive: true });
process.exit(0);
