import { RE2JS } from 're2js';
import { invalidQuery } from '../../../errors/api-error.ts';
import { requireTime } from '../read-limit.ts';

/**
 * A compiled `$regex`: true when the text contains a match. Takes time linear in the text, whatever the pattern; 400 `OTHER` where that may be more
 * than is left.
 */
export type Pattern = (text: string) => boolean;

const PATTERN_LIMIT = 1_000;
/** Matching takes at most (instructions × characters) steps, so all the patterns of a query share this many. */
const INSTRUCTIONS_LIMIT = 5_000;
/** Measured: what one instruction on one character takes at worst. Most take a fiftieth of it. */
const STEP_MS = 0.00004;

const flags: ReadonlyMap<string, number> = new Map([
  ['i', RE2JS.CASE_INSENSITIVE],
  ['m', RE2JS.MULTILINE],
  ['s', RE2JS.DOTALL],
]);

/** Compiles the patterns of one query and keeps count of their size. Every fault is `invalidQuery` (contract 6.7). */
export class PatternCompiler {
  #instructionsLeft = INSTRUCTIONS_LIMIT;

  compile(source: string, options: string): Pattern {
    if (source.length > PATTERN_LIMIT) {
      throw invalidQuery(`A $regex of the query is longer than ${PATTERN_LIMIT} characters`);
    }
    const compiled = compileOne(source, flagsOf(options));
    this.#instructionsLeft -= compiled.programSize();
    if (this.#instructionsLeft < 0) throw invalidQuery('The $regex patterns of the query are too large together');
    const slowestMs = compiled.programSize() * STEP_MS;
    return (text) => {
      requireTime(slowestMs * text.length);
      return compiled.test(text);
    };
  }
}

function flagsOf(options: string): number {
  let combined = 0;
  for (const option of options) {
    const flag = flags.get(option);
    if (flag === undefined) throw invalidQuery(`$options "${option}" is not supported: only i, m and s are`);
    combined |= flag;
  }
  return combined;
}

function compileOne(source: string, combinedFlags: number): RE2JS {
  try {
    return RE2JS.compile(source, combinedFlags);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw invalidQuery(`A $regex is not valid, or uses lookaround or backreferences, which are not supported: ${why}`);
  }
}
