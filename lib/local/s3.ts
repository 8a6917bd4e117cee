import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import S3rver, { type Store } from 's3rver';
import { whyFolderFails } from '../system-errors.ts';
import { localBucketName } from './environment.ts';

/** An S3 emulator with the bucket of attachments, on 127.0.0.1. */
export interface LocalS3 {
  readonly url: string;
  stop(): Promise<void>;
}

export interface S3Options {
  /** Where objects are kept; without one they are gone when it stops. */
  readonly directory?: string | undefined;
  /** Hears what stands behind the 500 of a write, a line each. */
  readonly onFailure?: (line: string) => void;
}

/** Its bytes under their name at once, or not at all. */
async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  const part = `${path}.part`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(part, bytes);
    await rename(part, path);
  } catch (failure) {
    await rm(part, { force: true }).catch(() => undefined);
    throw failure;
  }
}

/** The emulator's own write has nobody hear of a full disk: the request would never be answered, and the process end. */
function answerFailedWrites(store: Store, onFailure: (failure: unknown) => void): void {
  store.putObject = async ({ bucket, key, content, metadata }) => {
    try {
      const bytes = Buffer.isBuffer(content) ? content : await buffer(content);
      const md5 = createHash('md5').update(bytes).digest('hex');
      await writeWhole(store.getResourcePath(bucket, key, 'object'), bytes);
      await store.putMetadata(bucket, key, metadata, md5);
      return { size: bytes.length, md5 };
    } catch (failure) {
      onFailure(failure);
      throw failure;
    }
  };
}

/** Starts it on a free port. Rejects with the system's error where the folder cannot be written. */
export async function startS3({ directory: kept, onFailure = () => undefined }: S3Options = {}): Promise<LocalS3> {
  const directory = kept ?? mkdtempSync(join(tmpdir(), 'serverless-profile-s3-'));
  mkdirSync(directory, { recursive: true });
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory,
    vhostBuckets: false,
    configureBuckets: [{ name: localBucketName }],
  });
  answerFailedWrites(server.store, (failure) =>
    onFailure(`An attachment cannot be stored in ${directory}: ${whyFolderFails(failure)}`),
  );
  const { port } = await server.run();
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.httpServer.closeAllConnections();
      await server.close();
      if (kept === undefined) rmSync(directory, { recursive: true, force: true });
    },
  };
}
