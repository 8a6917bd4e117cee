import type { JsonObject } from '../../../functions/shared/domain/values/json.ts';

/** Where a document stands: for messages, and for the file of rejects. */
export interface Place {
  /** As it was named, or below the folder that was; an entry of an archive is `ARCHIVE!ENTRY`. */
  readonly file: string;
  /** `line 12`, `byte 4711`. */
  readonly at: string;
  /** Of the collection in that file, from 1. */
  readonly number: number;
}

/** What was taken although it is not what was written: counted by kind. */
export interface Oddity {
  /** A sentence's subject and verb, the same for all of its kind: "a number that is none was made text". */
  readonly kind: string;
  /** Path of the field in its document, with dots. */
  readonly field: string;
}

/** A document of a collection, in plain JSON: ids as hex text, dates as epoch milliseconds, binary as base64. */
export interface SourceDocument extends Place {
  readonly value: JsonObject;
  readonly oddities: readonly Oddity[];
}

/** A document, or the rest of a file, that cannot be read. */
export interface Unreadable extends Place {
  /** Where it could be made out. */
  readonly id?: string | undefined;
  readonly field?: string | undefined;
  /** Never with values of the document. */
  readonly reason: string;
}

export const isUnreadable = (read: SourceDocument | Unreadable): read is Unreadable => 'reason' in read;

/** The collections of one database, or of files that stand for it. Every collection can be read again and again, in bounded memory. */
export interface Source {
  /** Names in lower case, `fs.files` and `fs.chunks` among them. */
  readonly collections: readonly string[];
  /** Which other identity store the files are of, by their shape; undefined: of Crafter Profile, or an export of our own. */
  readonly kind: SourceKind | undefined;
  /** What was passed over by its name, and files that nothing could be made of; a line each. */
  readonly notes: readonly string[];
  /** Bytes of all files that are read, as they lie on the disk. */
  readonly bytes: number;
  /** Bytes of a collection's files, as they lie on the disk; 0: not there. */
  sizeOf(collection: string): number;
  /** In the order of the files. `heard` is told how many bytes, as they lie on the disk, are behind. */
  read(collection: string, heard?: (bytes: number) => void): AsyncIterable<SourceDocument | Unreadable>;
}

/** Identity stores whose exports are taken. Their one collection is `users`; what else is in the file is `header`. */
export const sourceKinds = ['keycloak', 'auth0', 'firebase', 'cognito', 'kratos', 'gotrue'] as const;
export type SourceKind = (typeof sourceKinds)[number];
