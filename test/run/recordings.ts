import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as z from 'zod/mini';

const FOLDER = '.build/recorded-calls';

const byOperation = z.record(z.string(), z.array(z.string()));
const recording = z.object({ declared: byOperation, recorded: byOperation });

/** Calls by operation: what all declare, and what a test file recorded. */
export type Recording = z.output<typeof recording>;

/** Forgets what an earlier run left. */
export const clearRecordings = () => rmSync(FOLDER, { recursive: true, force: true });

/** Leaves what a test file recorded, under a name of its own. */
export function saveRecording(testFile: string, saved: Recording): void {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(`${FOLDER}/${testFile.replaceAll(/\W+/g, '-')}.json`, JSON.stringify(saved));
}

/** What all test files left. */
export const readRecordings = (): readonly Recording[] =>
  readdirSync(FOLDER).map((name) => z.parse(recording, JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8'))));
