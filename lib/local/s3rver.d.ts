/** As much of the S3 emulator as the local stack uses; it brings no types. */
declare module 's3rver' {
  import type { AddressInfo } from 'node:net';

  interface Options {
    readonly address: string;
    readonly port: number;
    readonly silent: boolean;
    readonly directory: string;
    readonly vhostBuckets: boolean;
    readonly configureBuckets: readonly { readonly name: string }[];
  }

  interface StoredObject {
    readonly bucket: string;
    readonly key: string;
    readonly content: Buffer | import('node:stream').Readable;
    readonly metadata: object;
  }

  /** Where objects are kept: files. */
  export interface Store {
    getResourcePath(bucket: string, key: string, resource: 'object'): string;
    putMetadata(bucket: string, key: string, metadata: object, md5: string): Promise<void>;
    putObject(object: StoredObject): Promise<{ readonly size: number; readonly md5: string }>;
  }

  class S3rver {
    constructor(options: Options);
    readonly store: Store;
    run(): Promise<AddressInfo>;
    close(): Promise<void>;
    /** There once `run` is through. */
    readonly httpServer: import('node:http').Server;
  }

  export default S3rver;
}
