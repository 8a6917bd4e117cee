import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { UsageError } from '../../usage-error.ts';
import { beginFromBackup, type LastState, lastStateOf } from './backups.ts';
import { beginRestore, findTable, restorable, type Source } from './tables.ts';

/** Where a table comes back from. */
export interface Origin {
  readonly source: Source;
  readonly moment: Date;
  /** Where it is deleted: its last state, in place of the one at the moment. */
  readonly lost: LastState | undefined;
}

/** Those of one restoration. */
export interface Origins {
  readonly profiles: Origin;
  readonly tokens: Origin;
}

/** When the state was that comes back, epoch milliseconds. */
export const momentMsOf = ({ moment, lost }: Origin): number => lost?.atMs ?? moment.getTime();

/** Finds where a table can come back from. Throws a `UsageError`, with the moments that there are, where the wanted one is none of them. */
export async function originOf(client: DynamoDBClient, source: Source, moment: Date): Promise<Origin> {
  const { from } = source;
  const table = await findTable(client, from);
  if (table === undefined) return { source, moment, lost: await lastStateOf(client, from, moment) };
  if (table.TableStatus === 'DELETING') throw new Error(`${from} is being deleted: call again when it is gone`);
  const { fromMs, toMs } = await restorable(client, from);
  if (moment.getTime() < fromMs || moment.getTime() > toMs)
    throw new UsageError(
      `${from} can be restored to a moment from ${new Date(fromMs).toISOString()} to ${new Date(toMs).toISOString()}`,
    );
  return { source, moment, lost: undefined };
}

/** Begins to make a table. */
export const begin = (client: DynamoDBClient, { source, moment, lost }: Origin): Promise<void> =>
  lost === undefined ? beginRestore(client, source, moment) : beginFromBackup(client, source, lost);
