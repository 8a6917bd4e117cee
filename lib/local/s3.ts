import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { localBucketName } from './environment.ts';

/** An S3 emulator with the bucket of attachments, on 127.0.0.1. */
export interface LocalS3 {
  readonly url: string;
  stop(): Promise<void>;
}

/** Keeps the objects in `directory`; without one they are gone when it stops. */
export async function startS3(kept?: string): Promise<LocalS3> {
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
