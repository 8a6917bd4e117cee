/** What argon2 makes a tag of: `memory` is in KiB. */
export interface Argon2Input {
  readonly algorithm: 'argon2id' | 'argon2i';
  readonly password: string;
  readonly salt: Uint8Array;
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
  readonly tagLength: number;
}

/** Answers the tag: at once, or after a while. */
export type Argon2 = (input: Argon2Input) => Uint8Array | Promise<Uint8Array>;
