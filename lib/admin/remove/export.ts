import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { PRIVATE_FILE, PRIVATE_FOLDER } from '../../private-file.ts';
import { s3 } from './leftovers.ts';

async function* itemLines(TableName: string): AsyncGenerator<string> {
  const pages = paginateScan({ client: new DynamoDBClient() }, { TableName, ConsistentRead: true });
  for await (const { Items = [] } of pages)
    for (const item of Items)
      yield `${JSON.stringify(item, (_, value) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value))}\n`;
}

async function exportTable(folder: string, table: string): Promise<void> {
  const file = createWriteStream(join(folder, `${table}.jsonl`), { mode: PRIVATE_FILE });
  await pipeline(Readable.from(itemLines(table)), file);
}

async function exportBucket(folder: string, Bucket: string): Promise<void> {
  const client = s3();
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket }))
    for (const { Key = '' } of Contents) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      const file = join(folder, Bucket, encodeURIComponent(Key));
      mkdirSync(join(folder, Bucket), { recursive: true, mode: PRIVATE_FOLDER });
      if (Body !== undefined)
        await pipeline(
          Readable.from([await Body.transformToByteArray()]),
          createWriteStream(file, { mode: PRIVATE_FILE }),
        );
    }
}

/** Writes every item of the tables, a line each in DynamoDB's own JSON, and every attachment into a folder, which it makes. */
export async function exportAll(folder: string, tables: readonly string[], buckets: readonly string[]): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: PRIVATE_FOLDER });
  for (const table of tables) await exportTable(folder, table);
  for (const bucket of buckets) await exportBucket(folder, bucket);
}
