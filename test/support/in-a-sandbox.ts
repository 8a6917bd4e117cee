import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { buildBundles, bundleFile } from '../../lib/build/bundle.ts';
import { eventOf } from '../../lib/local/gateway.ts';

/** What a call in a process of its own came to. */
export interface SandboxAnswer {
  readonly statusCode?: number;
  readonly body?: string;
  /** What it has written, to standard output first. */
  readonly lines: readonly string[];
}

interface SandboxOptions {
  readonly timeMs?: number;
  /** Further environment variables. */
  readonly env?: Readonly<Record<string, string>>;
}

/** What of a function's memory Node gives to its objects; the rest is Node itself and buffers. */
const HEAP_SHARE = 0.8;

const script = `
const { handler } = await import(process.env.SANDBOX_BUNDLE);
const endsAtMs = Date.now() + Number(process.env.SANDBOX_TIME_MS);
const context = { awsRequestId: 'sandbox', functionName: 'sandbox', getRemainingTimeInMillis: () => endsAtMs - Date.now() };
const answer = await handler(JSON.parse(process.env.SANDBOX_EVENT), context);
process.stdout.write('\\n' + JSON.stringify(answer ?? {}), () => process.exit(0));
`;

const linesOf = (output: string) => output.split('\n').filter((line) => line !== '');

/** A function as it is bundled for Lambda, to be called in processes of its own that have its memory. */
export async function sandboxOf(name: string, memoryMb: number, outdir: string) {
  await buildBundles({ outdir, only: name });
  const bundle = pathToFileURL(resolve(bundleFile(outdir, name))).href;
  /** Rejects where the process ends otherwise than by an answer: for want of memory, for example. */
  return async (event: object, { timeMs = 29_000, env = {} }: SandboxOptions = {}): Promise<SandboxAnswer> => {
    const heapMb = Math.floor(memoryMb * HEAP_SHARE);
    const child = spawn(process.execPath, [`--max-old-space-size=${heapMb}`, '--input-type=module', '-e', script], {
      env: {
        ...process.env,
        SANDBOX_BUNDLE: bundle,
        SANDBOX_EVENT: JSON.stringify(event),
        SANDBOX_TIME_MS: String(timeMs),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    if (code !== 0) throw new Error(`The sandbox ended with ${code}: ${err.slice(-400)}`);
    const [answer = '', ...written] = linesOf(out).reverse();
    return { ...JSON.parse(answer), lines: [...written.reverse(), ...linesOf(err)] };
  };
}

/** The event of a GET request. */
export const getEvent = (path: string, query: Readonly<Record<string, string>>) => {
  const sent = { method: 'GET', path, query: String(new URLSearchParams(query)), headers: [], body: Buffer.alloc(0) };
  return eventOf(
    { ...sent, decodedPath: path },
    { routeKey: `GET ${path}` },
    { requestId: 'sandbox', atMs: Date.now() },
  );
};

/** The event of a POST request with a form. */
export const formEvent = (path: string, form: Readonly<Record<string, string>>) => {
  const sent = {
    method: 'POST',
    path,
    query: '',
    headers: [['content-type', 'application/x-www-form-urlencoded'] as const],
    body: Buffer.from(String(new URLSearchParams(form))),
  };
  return eventOf(
    { ...sent, decodedPath: path },
    { routeKey: `POST ${path}` },
    { requestId: 'sandbox', atMs: Date.now() },
  );
};
