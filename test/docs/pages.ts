import { readdirSync, readFileSync } from 'node:fs';

/** A fenced block of a page. */
export interface Block {
  /** What stands after the fence, for example `sh`. */
  readonly language: string;
  readonly text: string;
  /** Stands between `<!-- run -->` and `<!-- /run -->`: a test runs it, and compares the answers that follow. */
  readonly isRun: boolean;
}

export interface Page {
  /** From the root of the project. */
  readonly file: string;
  readonly text: string;
  readonly blocks: readonly Block[];
}

function blocksOf(text: string): readonly Block[] {
  const parts = text.matchAll(/^<!-- (\/?)run -->$|^```(\w*)\n(.*?)^```$/gms);
  let isRun = false;
  return [...parts].flatMap(([whole, end, language = '', block = '']) => {
    if (!whole.startsWith('<!--')) return [{ language, text: block, isRun }];
    isRun = end === '';
    return [];
  });
}

/** A page as it is read. */
export function pageOf(file: string): Page {
  const text = readFileSync(file, 'utf8');
  return { file, text, blocks: blocksOf(text) };
}

/** What people read who use the product: README and the pages under `docs`. */
export const pages: readonly Page[] = [
  'README.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
].map(pageOf);
