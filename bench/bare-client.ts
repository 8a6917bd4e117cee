import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/** The least that reads one item: what every endpoint is measured against (design, section 8). */
const source = `
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
const client = new DynamoDBClient({});
export const handler = async () => {
  const { Item } = await client.send(new GetItemCommand({
    TableName: process.env.PROFILES_TABLE, Key: { pk: { S: 'TENANT' }, sk: { S: 'default' } }, ConsistentRead: true,
  }));
  return { statusCode: 200, body: JSON.stringify(Item) };
};
`;

/** Bundles it with the flags of the functions, less the aliases; gives the file. */
export async function buildBareClient(outdir: string): Promise<string> {
  await mkdir(outdir, { recursive: true });
  const outfile = join(outdir, 'bare-client.mjs');
  await build({
    stdin: { contents: source, resolveDir: process.cwd() },
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    charset: 'utf8',
    legalComments: 'none',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'silent',
  });
  return outfile;
}
