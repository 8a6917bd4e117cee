import { openSource, type SourceOptions } from '../../lib/import/read/open-source.ts';
import { isUnreadable, type Source, type SourceDocument, type Unreadable } from '../../lib/import/read/source.ts';

/** What a collection of a source holds. */
export async function allOf(source: Source, collection: string): Promise<readonly (SourceDocument | Unreadable)[]> {
  const all: (SourceDocument | Unreadable)[] = [];
  for await (const read of source.read(collection)) all.push(read);
  return all;
}

/** The documents of a source, and why the rest cannot be read. */
export interface ReadSource {
  readonly source: Source;
  readonly documents: Readonly<Record<string, readonly SourceDocument[]>>;
  readonly unreadable: readonly Unreadable[];
}

/** Reads all collections of what is named. */
export async function readAll(paths: string | readonly string[], options: SourceOptions = {}): Promise<ReadSource> {
  const source = await openSource([paths].flat(), options);
  const documents: Record<string, SourceDocument[]> = {};
  const unreadable: Unreadable[] = [];
  for (const collection of source.collections) {
    const all = await allOf(source, collection);
    documents[collection] = all.flatMap((read) => (isUnreadable(read) ? [] : [read]));
    unreadable.push(...all.filter(isUnreadable));
  }
  return { source, documents, unreadable };
}
