import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The documents of an exported collection, as they are written. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into documents of every shape
export const documentsOf = (folder: string, file: string): readonly any[] =>
  readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
