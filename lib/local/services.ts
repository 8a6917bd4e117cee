import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startEngine } from './engine.ts';
import { localEnvironment, localTableNames } from './environment.ts';
import { startLocalMailbox } from './mailbox.ts';
import { DATABASE, OBJECTS } from './own-entries.ts';
import { startS3 } from './s3.ts';
import { createTables } from './tables.ts';

/** What the functions need: DynamoDB with its tables, a mailbox, S3. */
export interface LocalServices {
  readonly mailboxUrl: string;
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

interface Part {
  stop(): Promise<void>;
}

/**
 * Starts the services on 127.0.0.1, with their data in `directory`, or kept nowhere. From then on this process has the environment of the functions.
 */
export async function startServices({ directory }: { directory: string | undefined }): Promise<LocalServices> {
  const parts: Part[] = [];
  const stop = async () => {
    for (const part of parts) await part.stop();
  };
  async function started<P extends Part>(starting: Promise<P>): Promise<P> {
    const part = await starting;
    parts.push(part);
    return part;
  }
  if (directory !== undefined) mkdirSync(directory, { recursive: true });
  const inDirectory = (name: string) => directory && join(directory, name);
  try {
    const engine = await started(startEngine({ databaseFile: inDirectory(DATABASE) }));
    const mailbox = await started(startLocalMailbox());
    const s3 = await started(startS3(inDirectory(OBJECTS)));
    const environment = localEnvironment({ dynamodb: engine.url, ses: mailbox.url, s3: s3.url });
    delete process.env.AWS_SESSION_TOKEN;
    Object.assign(process.env, environment);
    await createTables(engine.url, localTableNames());
    return { mailboxUrl: mailbox.url, environment, stop };
  } catch (failure) {
    await stop();
    throw failure;
  }
}
