import { SourceMap } from 'node:module';
import type { KeptMap } from '../build/source-map.ts';
import { enclosingFunction } from './enclosing-function.ts';

/** The place in the sources of one in a bundle, both counted from 1, with the function around it; undefined outside of the map. */
export type Places = (line: number, column: number) => string | undefined;

export function placesOf({ lineLengths, sourcesContent, ...map }: KeptMap): Places {
  const payload = { ...map, file: '', sourceRoot: '', sourcesContent: [] };
  const sourceMap = new SourceMap(payload);
  return (line, column) => {
    if (column > (lineLengths[line - 1] ?? 0)) return undefined;
    const entry = sourceMap.findEntry(line - 1, column - 1);
    if (!('originalSource' in entry) || entry.generatedLine !== line - 1) return undefined;
    const { originalSource, originalLine, originalColumn } = entry;
    const text = sourcesContent[map.sources.indexOf(originalSource)] ?? '';
    const name = enclosingFunction(text, originalLine, originalColumn);
    const place = `${originalSource}:${originalLine + 1}:${originalColumn + 1}`;
    return name === undefined ? place : `${place} (${name})`;
  };
}
