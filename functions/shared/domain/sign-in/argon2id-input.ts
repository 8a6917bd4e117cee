/** What argon2id, on one lane, makes a tag of: `memory` is in KiB. */
export interface Argon2idInput {
  readonly password: string;
  readonly salt: Uint8Array;
  readonly memory: number;
  readonly passes: number;
  readonly tagLength: number;
}

/** Answers the tag: at once, or after a while. */
export type Argon2id = (input: Argon2idInput) => Uint8Array | Promise<Uint8Array>;
