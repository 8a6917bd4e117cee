import { basename, join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { bundleFlags } from '../lib/build/bundle.ts';
import { sample } from '../lib/openapi/sample.ts';

/**
 * The least that does what getProfile does at the store when it meets a tenant: access token and profile in one trip, then both items of the tenant, each
 * by a call of its own. What every endpoint is measured against.
 */
const source = `
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
const client = new DynamoDBClient({});
const get = async (TableName, pk, sk) =>
  (await client.send(new GetItemCommand({ TableName, Key: { pk: { S: pk }, sk: { S: sk } }, ConsistentRead: true }))).Item;
const { TOKENS_TABLE, PROFILES_TABLE } = process.env;
export const handler = async () => {
  const [, profile] = await Promise.all([
    get(TOKENS_TABLE, 'ACCESS_TOKEN', '${sample.accessToken}'),
    get(PROFILES_TABLE, 'PROFILE#${sample.profileId}', 'PROFILE'),
  ]);
  await Promise.all([
    get(PROFILES_TABLE, 'TENANT', profile.tenant.S),
    get(PROFILES_TABLE, 'TENANT_BODY', profile.tenant.S),
  ]);
  return { statusCode: 200, body: JSON.stringify(profile) };
};
`;

const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" };

/** Bundles a module with the flags of the functions, less the aliases; gives the file. */
async function bundle(input: Pick<BuildOptions, 'stdin' | 'entryPoints'>, outfile: string): Promise<string> {
  await build({ ...input, outfile, ...bundleFlags, banner });
  return outfile;
}

/** Bundles the bare client into a folder; gives the file. */
export const buildBareClient = (outdir: string): Promise<string> =>
  bundle({ stdin: { contents: source, resolveDir: process.cwd() } }, join(outdir, 'bare-client.mjs'));

/** Bundles a subject likewise. */
export const bundleBare = (file: string, outdir: string): Promise<string> =>
  bundle({ entryPoints: [file] }, join(outdir, basename(file)));
