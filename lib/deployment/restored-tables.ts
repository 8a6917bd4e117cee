import * as z from 'zod/mini';
import type { Storage } from '../storage.ts';
import { UsageError } from '../usage-error.ts';
import { RESTORED_KEY, readWhole, stageFile, writeStageValues } from './stage-file.ts';

/** Tables that came back from an earlier moment, under names of their own, which a stage uses in place of those of its data stack. */
const restoredTables = z.object({
  /** The moment, ISO-8601. */
  to: z.string(),
  profiles: z.string(),
  profilesStreamArn: z.string(),
  tokens: z.string(),
  tickets: z.string(),
});
export type RestoredTables = z.infer<typeof restoredTables>;

/** Those that the stage's file names; undefined where the stage uses its data stack's own. Throws a `UsageError` for a value that is none. */
export function readRestored(stage: string): RestoredTables | undefined {
  const value = readWhole(stage)?.[RESTORED_KEY];
  if (value === undefined) return undefined;
  const { success, data } = restoredTables.safeParse(value);
  if (!success)
    throw new UsageError(`${stageFile(stage)}: "${RESTORED_KEY}" is not what "npm run admin -- restore" writes there`);
  return data;
}

/** Has the stage use these tables from its next deployment on; undefined: those of its data stack again. */
export const writeRestored = (stage: string, tables: RestoredTables | undefined): void =>
  writeStageValues(stage, { [RESTORED_KEY]: tables });

/** The storage of the data stack with the tables that came back. */
export function withRestored(storage: Storage, tables: RestoredTables, arnOf: (table: string) => string): Storage {
  const stored = (name: string) => ({ name, arn: arnOf(name) });
  return {
    ...storage,
    tables: { profiles: stored(tables.profiles), tokens: stored(tables.tokens), tickets: stored(tables.tickets) },
    profilesStreamArn: tables.profilesStreamArn,
  };
}
