// The local server with the real bundles, alone in a process, as `npm start` runs it.
import { bundledFunctions, bundledHandler } from '../../lib/local/bundled-functions.ts';
import { startHttpServer } from '../../lib/local/http-server.ts';

const outdir = process.env.BENCH_OUTDIR ?? '';
const server = await startHttpServer({
  functions: bundledFunctions(outdir),
  fallback: bundledHandler(outdir, 'fallback'),
});
console.log(server.url);
