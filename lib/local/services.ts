import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Progress, silent } from '../progress.ts';
import { type Engine, startEngine } from './engine.ts';
import { localEnvironment, localTableNames } from './environment.ts';
import { DATABASE, OBJECTS } from './own-entries.ts';

/** What the functions need: DynamoDB with its tables, a mailbox, S3. */
export interface LocalServices {
  readonly mailboxUrl: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Fulfilled where the engine ends without being told to, with its last words. */
  readonly crashed: Engine['crashed'];
  stop(): Promise<void>;
}

export interface ServicesOptions {
  /** Where data are kept; undefined: nowhere. */
  readonly directory: string | undefined;
  readonly progress?: Progress;
  /** Hears of failures that a caller is not told the reason of, a line each. */
  readonly onFailure?: (line: string) => void;
}

interface Part {
  stop(): Promise<void>;
}

async function tablesIn(engine: Engine, progress: Progress): Promise<void> {
  await progress.step('tables', async () => {
    const { createTables } = await import('./tables.ts');
    await createTables(engine.url, localTableNames());
  });
}

/** The engine first: its process comes up while this one loads what the others need. */
function startParts({ directory, progress = silent, onFailure = () => undefined }: ServicesOptions) {
  const inDirectory = (name: string) => directory && join(directory, name);
  const engine = progress.step('DynamoDB', () => startEngine({ databaseFile: inDirectory(DATABASE) }));
  const mailbox = progress.step('mailbox', async () => (await import('./mailbox.ts')).startLocalMailbox());
  const s3 = progress.step('S3', async () =>
    (await import('./s3.ts')).startS3({ directory: inDirectory(OBJECTS), onFailure }),
  );
  const tables = engine.then((started) => tablesIn(started, progress));
  return [engine, mailbox, s3, tables] as const;
}

/**
 * Starts the services on 127.0.0.1, side by side, with their data in `directory`, or kept nowhere. From then on this process has the environment of
 * the functions. Where one fails, none stays.
 */
export async function startServices(options: ServicesOptions): Promise<LocalServices> {
  if (options.directory !== undefined) mkdirSync(options.directory, { recursive: true });
  const starting = startParts(options);
  const [startingEngine, startingMailbox, startingS3] = starting;
  const parts: readonly Promise<Part>[] = [startingEngine, startingMailbox, startingS3];
  const stop = async () => {
    await Promise.allSettled(parts.map(async (part) => (await part).stop()));
  };
  try {
    const [engine, mailbox, s3] = await Promise.all(starting);
    const environment = localEnvironment({ dynamodb: engine.url, ses: mailbox.url, s3: s3.url });
    delete process.env.AWS_SESSION_TOKEN;
    Object.assign(process.env, environment);
    return { mailboxUrl: mailbox.url, environment, crashed: engine.crashed, stop };
  } catch (failure) {
    await Promise.allSettled(starting);
    await stop();
    throw failure;
  }
}
