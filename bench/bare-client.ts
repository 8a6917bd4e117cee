import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleFlags } from '../lib/build/bundle.ts';
import { sample } from '../lib/openapi/sample.ts';

/**
 * The least that does what getProfile does at the store: access token and profile in one trip, then the tenant. What every endpoint is measured
 * against.
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
  await get(PROFILES_TABLE, 'TENANT', profile.tenant.S);
  return { statusCode: 200, body: JSON.stringify(profile) };
};
`;

/** Bundles it with the flags of the functions, less the aliases; gives the file. */
export async function buildBareClient(outdir: string): Promise<string> {
  await mkdir(outdir, { recursive: true });
  const outfile = join(outdir, 'bare-client.mjs');
  await build({
    stdin: { contents: source, resolveDir: process.cwd() },
    outfile,
    ...bundleFlags,
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  return outfile;
}
