import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { inParallel } from '../../functions/shared/domain/concurrency/in-parallel.ts';
import { deleteObjects, listObjects } from '../../functions/shared/repositories/bucket.ts';
import { documentClient } from '../../functions/shared/repositories/dynamodb/client.ts';
import { profilesTable, ticketsTable, tokensTable } from '../../functions/shared/repositories/dynamodb/keys.ts';
import type { LocalApi } from './local-api.ts';

/** Takes everything out of the tables and the bucket, so that a test begins anew with the same engine. */
export async function emptyStore(api: LocalApi): Promise<void> {
  const tables = [
    ['profiles', profilesTable()],
    ['tokens', tokensTable()],
    ['tickets', ticketsTable()],
  ] as const;
  for (const [table, TableName] of tables)
    await inParallel(await api.items(table), 50, ({ pk, sk }) =>
      documentClient().send(new DeleteCommand({ TableName, Key: { pk, sk } })),
    );
  await deleteObjects(await listObjects(''));
}
