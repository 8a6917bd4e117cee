import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { Metafile } from 'esbuild';
import { buildBundles, bundleFile, mapsOf } from '../../lib/build/bundle.ts';
import { ID_PLACE, mapFile } from '../../lib/build/source-map.ts';
import { endpoints } from '../../lib/endpoints.ts';

const outdir = mkdtempSync(join(tmpdir(), 'bundles-'));
const names = [...endpoints.map(({ name }) => name), 'fallback'];
const hashing = endpoints.flatMap(({ name, contract }) => (contract.hashesPasswords ? [name] : []));
/** Those that check passwords, and may meet hashes of other identity stores. */
const checking = ['authentication/authenticate'];
/** The parts that stand beside a bundle and that it imports itself. */
const importedBy = (name: string): readonly string[] =>
  hashing.includes(name) ? ['argon2id-fallback', ...(checking.includes(name) ? ['foreign-hashes'] : [])] : [];
let metafile: Metafile;

beforeAll(async () => {
  metafile = await buildBundles({ outdir });
});
afterAll(() => rmSync(outdir, { recursive: true }));

const environment = {
  PATH: process.env.PATH,
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'key',
  AWS_SECRET_ACCESS_KEY: 'secret',
  TOKENS_TABLE: 'tokens',
};

/** Loads bundles in a Node of their own, as Lambda does, and answers what they export. */
async function load(bundles: readonly string[], env: Record<string, string> = {}): Promise<unknown> {
  const urls = bundles.map((name) => pathToFileURL(bundleFile(outdir, name)).href);
  const script = `const all = await Promise.all(${JSON.stringify(urls)}.map((url) => import(url)));
    console.log(JSON.stringify(all.map((one) => Object.entries(one).map(([name, value]) => [name, typeof value]))));
    process.exit();`;
  const node = join(process.cwd(), 'node_modules/.bin/node');
  const { stdout } = await promisify(execFile)(node, ['--input-type=module', '-e', script], {
    env: { ...environment, ...env },
  });
  return JSON.parse(stdout);
}

/** A DynamoDB that counts calls and answers them with `{}`, or never. */
async function countingServer(answers: boolean) {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(String(request.headers['x-amz-target']));
    request.resume();
    if (answers) response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  return { calls, url, stop: () => server.close().closeAllConnections() };
}

test('every bundle exports its handler and nothing else', async () => {
  expect(await load(names)).toEqual(names.map(() => [['handler', 'function']]));
});

test('every bundle holds its own endpoint, the SDK without its credential chain, and no import but what stands beside those that hash', () => {
  const outputs = Object.entries(metafile.outputs).filter(([, { entryPoint }]) => entryPoint?.startsWith('entry:'));
  const found = outputs.map(([file, { entryPoint, inputs, imports }]) => ({
    name: entryPoint?.replace('entry:', ''),
    file: file.endsWith('/index.mjs'),
    endpoints: Object.keys(inputs).filter((path) => /^functions\/(?!shared\/)/.test(path)),
    credentialChain: Object.keys(inputs).filter((path) =>
      /client-(sso|sts)|credential-provider|nested-clients|token-providers/.test(path),
    ),
    imports: imports.map(({ path, kind }) => [path, kind]).sort(),
    holdsParts: Object.keys(inputs).some((path) => /hash-wasm|argon2id-fallback|foreign-hashes/.test(path)),
  }));
  const expected = found.map(({ name }) => ({
    name,
    file: true,
    endpoints: [`functions/${name}.ts`],
    credentialChain: [],
    imports: importedBy(String(name)).map((part) => [`./${part}.mjs`, 'dynamic-import']),
    holdsParts: false,
  }));
  expect(found).toEqual(expected);
  expect(found.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
});

test.each([...names, 'sweep-tenants', 'watch'])(
  '%s tells its id, made of what is in it, and so does its source map',
  (name) => {
    const text = readFileSync(bundleFile(outdir, name), 'utf8');
    const { bundle } = JSON.parse(readFileSync(mapFile(mapsOf(outdir), name), 'utf8'));
    expect(text.split(bundle)).toHaveLength(2);
    expect(createHash('sha256').update(text.replace(bundle, ID_PLACE)).digest('hex').slice(0, 12)).toBe(bundle);
  },
);

test.each([...names, 'sweep-tenants', 'watch'])(
  'what is deployed of %s is its bundle, and what that may have to load, without a word of its source map',
  (name) => {
    const file = bundleFile(outdir, name);
    const parts = [...importedBy(name), ...(checking.includes(name) ? ['bcrypt'] : [])];
    const beside = parts.map((part) => `${part}.mjs`);
    expect(readdirSync(dirname(file)).sort()).toEqual([...beside, 'index.mjs'].sort());
    expect(readFileSync(file, 'utf8')).not.toMatch(/sourceMappingURL|sourcesContent/);
  },
);

test('what WebAssembly there is stands in parts of its own, which load each other only when they must', () => {
  const parts = Object.entries(metafile.outputs).flatMap(([file, { inputs, imports }]) =>
    /(argon2id-fallback|foreign-hashes|bcrypt)\.mjs$/.test(file)
      ? [[basename(file), imports.map(({ path }) => path), Object.keys(inputs).some((path) => /hash-wasm/.test(path))]]
      : [],
  );
  expect(parts.sort()).toEqual([
    ['argon2id-fallback.mjs', [], true],
    ['bcrypt.mjs', [], true],
    ['foreign-hashes.mjs', ['./bcrypt.mjs'], false],
  ]);
});

test('a bundle opens its connection while Lambda starts it, and only there', async () => {
  const { calls, url, stop } = await countingServer(true);
  const env = { AWS_ENDPOINT_URL_DYNAMODB: url };
  await load(['profile/get-profile'], env);
  await load(['profile/get-profile'], { ...env, AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand', AWS_SAM_LOCAL: 'true' });
  expect(calls).toEqual([]);
  await load(['profile/get-profile', 'monitoring/get-status', 'fallback'], {
    ...env,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  });
  stop();
  expect(calls).toEqual(['DynamoDB_20120810.GetItem']);
});

test('a bundle starts without a DynamoDB that answers', async () => {
  const { calls, url, stop } = await countingServer(false);
  const env = { AWS_ENDPOINT_URL_DYNAMODB: url, AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand' };
  expect(await load(['profile/get-profile'], env)).toEqual([[['handler', 'function']]]);
  stop();
  expect(calls).toHaveLength(1);
});
