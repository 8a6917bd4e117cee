import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFile } from '../lib/build/bundle.ts';
import { endpoints } from '../lib/endpoints.ts';
import { startStack } from '../lib/local/stack.ts';
import { buildBareClient } from './bare-client.ts';
import { coldStarts, RUNS } from './cold-starts.ts';
import { median, ratio, table } from './statistics.ts';
import { startTlsEndpoint } from './tls-endpoint.ts';

/** Endpoints whose cold start is measured: a read, a hash, a mail, a query. */
const measured = ['getProfile', 'createTicket', 'authenticate', 'resetPassword', 'getProfilesByQuery'];

/** Bytes of every bundle against the bare client's. */
function bundleBytes(outdir: string, bareClient: string): string {
  const base = statSync(bareClient).size;
  const sizes = endpoints
    .map(({ name }) => ({ name, bytes: statSync(bundleFile(outdir, name)).size }))
    .sort((a, b) => a.bytes - b.bytes);
  const middle = median(sizes.map(({ bytes }) => bytes));
  const rows = sizes.map(({ name, bytes }) => [name, bytes, ratio(bytes, base)]);
  return [
    `Bare client: ${base} bytes. Median of the endpoints: ${ratio(middle, base)} of it.`,
    table(['bundle', 'bytes', 'of bare client'], rows),
  ].join('\n\n');
}

const directory = mkdtempSync(join(tmpdir(), 'bench-'));
const outdir = join(directory, 'bundles');
const stack = await startStack({ port: 0, directory, outdir, memory: true });
const bareClient = await buildBareClient(directory);
console.log(bundleBytes(outdir, bareClient));
console.log(`\nCold starts, median of ${RUNS}, without Lambda's own share:\n`);
console.log(await coldStarts(outdir, bareClient, measured));
const engine = new URL(stack.environment.AWS_ENDPOINT_URL_DYNAMODB ?? '');
const secure = await startTlsEndpoint(engine, directory);
console.log('\nThe same over TLS, with 5 ms before the store; wanted: both at most 0.80 of the bare client:\n');
console.log(await coldStarts(outdir, bareClient, ['getProfile'], secure.environment));
secure.stop();
await stack.stop();
rmSync(directory, { recursive: true });
process.exit(0);
