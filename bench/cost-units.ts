/** Counts what every operation takes, what is stored of a user, and how reads of a tenant grow; writes `bench/costs/measured.json`. */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { startLocalApi } from '../test/support/local-api.ts';
import { recordBucketCalls } from './bucket-calls.ts';
import { countCalls } from './costs/count-calls.ts';
import { countItems } from './costs/count-items.ts';
import { countSweeps, countTenantReads } from './costs/count-tenants.ts';
import { recordStoreCalls } from './store-calls.ts';

const FILE = 'bench/costs/measured.json';
const RUNS = 7;
const SIZES = [1000, 10_000];
const SWEPT = 1000;

const api = await startLocalApi({ bucket: true, env: { POWERTOOLS_LOG_LEVEL: 'INFO', STAGE: 'production' } });
const [storeCalls, bucketCalls] = [recordStoreCalls(), recordBucketCalls()];
const measured = {
  machine: `Node ${process.version} on ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'})`,
  calls: await countCalls(api, storeCalls, bucketCalls, RUNS),
  items: await countItems(api),
  sweeps: await countSweeps(api, storeCalls, bucketCalls, SWEPT),
  tenantReads: await countTenantReads(api, storeCalls, SIZES),
};
writeFileSync(FILE, `${JSON.stringify(measured, null, 2)}\n`);
console.log(`${FILE} is what \`npm run bench -- costs\` reckons with.`);
process.exit(0);
