import type { SourceDocument, Unreadable } from './source.ts';

/** What one chunk of a file holds: asking for each document alone would take longer than reading it. */
export type Batch = readonly (SourceDocument | Unreadable)[];

/** Is told how many bytes of a file, as they lie on the disk, are behind. */
export type Heard = (bytes: number) => void;
