import { type Recording, readRecordings } from './recordings.ts';

/** What a run was asked for. */
interface Run {
  readonly testPathPatterns: { readonly patterns: readonly string[] };
  readonly testNamePattern?: string;
  readonly onlyChanged: boolean;
  readonly findRelatedTests: boolean;
  readonly shard?: unknown;
}

/** What is declared and was never called, by operation. */
export function needlessCalls(recordings: readonly Recording[]): readonly string[] {
  const [first] = recordings;
  if (first === undefined) throw new Error('No test recorded what its operations call');
  return Object.entries(first.declared).flatMap(([name, calls]) => {
    const made = new Set(recordings.flatMap(({ recorded }) => recorded[name] ?? []));
    const unused = calls.filter((call) => !made.has(call));
    return unused.length > 0 ? [`${name}: ${unused.join(', ')}`] : [];
  });
}

/**
 * After a run of all tests: what is declared, and granted with it, is what was called, no more. What is called beyond has failed its own test.
 * A run of some tests cannot tell.
 */
export default function compareCalls(run: Run): void {
  const isPart = run.testPathPatterns.patterns.length > 0 || run.testNamePattern || run.onlyChanged;
  if (isPart || run.findRelatedTests || run.shard) return;
  const needless = needlessCalls(readRecordings());
  if (needless.length > 0)
    throw new Error(`No test ever made these calls, which are declared and granted:\n${needless.join('\n')}`);
}
