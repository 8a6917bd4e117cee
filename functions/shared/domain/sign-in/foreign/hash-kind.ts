/** How a tag is made of a password and a salt: the algorithm and what it costs. Two hashes of one kind take the same work. */
export type HashKind = Argon2Kind | ScryptKind | Pbkdf2Kind | BcryptKind;

/** `memory` is in KiB. */
export interface Argon2Kind {
  readonly algorithm: 'argon2id' | 'argon2i';
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** `firescrypt`: as Firebase has it, whose tag is the project's key, encrypted under what scrypt makes. */
export interface ScryptKind {
  readonly algorithm: 'scrypt' | 'firescrypt';
  /** To the base of 2. */
  readonly logRounds: number;
  readonly blockSize: number;
  readonly parallelism: number;
}

export interface Pbkdf2Kind {
  readonly algorithm: 'pbkdf2';
  readonly digest: 'sha1' | 'sha256' | 'sha512';
  readonly iterations: number;
  readonly tagLength: number;
}

export interface BcryptKind {
  readonly algorithm: 'bcrypt';
  /** To the base of 2. */
  readonly logRounds: number;
}

/** No longer than this, on one vCPU, may the check of one hash take. */
const MOST_MS = 500;
/** A function that hashes has 1,769 MB, and Node's own. */
const MOST_MEMORY_KIB = 128 * 1024;

/**
 * What a step of each takes on one vCPU, in microseconds: Node 24 on a Xeon was measured at 0.95, 0.35, 0.17, 0.17, 0.55 and 70, which is
 * taken a third higher and, for CPUs without instructions for SHA, twice. So at most: argon2 400,000 KiB times passes (64 MiB, 6 passes), scrypt N * r * p of 1,111,111 (2^17, 8, 1),
 * PBKDF2 1,388,888 iterations of a block with SHA-1 or SHA-256 and 500,000 with SHA-512, bcrypt 2^12 rounds.
 */
const stepMicroseconds = {
  /** A KiB in a pass. */
  argon2: 1.25,
  /** A lane in a pass, where there are several: four threads. */
  lane: 200,
  /** A block of 128 bytes, times N and p. */
  scrypt: 0.45,
  /** An iteration for a block. */
  sha1: 0.36,
  sha256: 0.36,
  sha512: 1,
  /** A round, in WebAssembly. */
  bcrypt: 100,
};

/** What is done once for each block, times p, takes as long as so many rounds. */
const ROUNDS_AROUND_SCRYPT = 5;

const digestLength = { sha1: 20, sha256: 32, sha512: 64 };

const lanesMicroseconds = ({ parallelism }: Argon2Kind) => (parallelism > 1 ? parallelism * stepMicroseconds.lane : 0);
const roundsOf = ({ logRounds }: ScryptKind) => 2 ** logRounds + ROUNDS_AROUND_SCRYPT;

/** What a check of a hash of this kind takes, in milliseconds on one vCPU, about. */
export function millisecondsOf(kind: HashKind): number {
  switch (kind.algorithm) {
    case 'argon2id':
    case 'argon2i':
      return (kind.passes * (kind.memory * stepMicroseconds.argon2 + lanesMicroseconds(kind))) / 1000;
    case 'scrypt':
    case 'firescrypt':
      return (roundsOf(kind) * kind.blockSize * kind.parallelism * stepMicroseconds.scrypt) / 1000;
    case 'pbkdf2': {
      const blocks = Math.ceil(kind.tagLength / digestLength[kind.digest]);
      return (kind.iterations * blocks * stepMicroseconds[kind.digest]) / 1000;
    }
    case 'bcrypt':
      return (2 ** kind.logRounds * stepMicroseconds.bcrypt) / 1000;
  }
}

function memoryKibOf(kind: HashKind): number {
  if ('memory' in kind) return kind.memory;
  return 'blockSize' in kind ? (2 ** kind.logRounds * kind.blockSize) / 8 : 0;
}

/** Whether a function can check such a hash without being stalled by it, and the algorithm is defined for it. */
export function isWithinBounds(kind: HashKind): boolean {
  const isAffordable = millisecondsOf(kind) <= MOST_MS && memoryKibOf(kind) <= MOST_MEMORY_KIB;
  if (!isAffordable) return false;
  if ('memory' in kind) return kind.memory >= 8 * kind.parallelism;
  if ('blockSize' in kind) return kind.logRounds < 16 * kind.blockSize;
  return kind.algorithm !== 'bcrypt' || kind.logRounds >= 4;
}

/** The kind as text, as it stands before the salt in a hash; the same for all that take the same work. */
export function textOfKind(kind: HashKind): string {
  switch (kind.algorithm) {
    case 'argon2id':
    case 'argon2i':
      return `$${kind.algorithm}$v=19$m=${kind.memory},t=${kind.passes},p=${kind.parallelism}`;
    case 'scrypt':
    case 'firescrypt':
      return `$${kind.algorithm}$ln=${kind.logRounds},r=${kind.blockSize},p=${kind.parallelism}`;
    case 'pbkdf2':
      return `$pbkdf2-${kind.digest}$i=${kind.iterations},l=${kind.tagLength}`;
    case 'bcrypt':
      return `$2b$${String(kind.logRounds).padStart(2, '0')}`;
  }
}
