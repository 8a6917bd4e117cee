import { type Dirent, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

/** Where `npm start` keeps its data, unless it is told another folder. */
export const DEFAULT_DIRECTORY = '.local';
/** Tells a folder of the local stack from any other. */
export const MARKER = 'serverless-profile.json';
export const markerText = `${JSON.stringify(
  { madeBy: 'serverless-profile', note: 'Here the local stack keeps its data; --fresh removes them.' },
  null,
  2,
)}\n`;
const marker = z.object({ madeBy: z.literal('serverless-profile') });

/** The engine's file. */
export const DATABASE = 'dynamodb.sqlite';
/** The folder of the S3 emulator. */
export const OBJECTS = 's3';
/** The audit trail, and what was in it before it became too large. */
export const AUDIT = 'audit.jsonl';
export const EARLIER_AUDIT = 'audit.1.jsonl';
/** Whose folder it is now, and where the running stack is written down. */
export const STACK_FILE = 'stack.json';
/** The bundles that are served, and those that are called one by one. */
export const SERVED = 'functions';
export const INVOKED = 'invoked';
/** The engine's file with what belongs to it. */
export const databaseNames = [DATABASE, `${DATABASE}-wal`, `${DATABASE}-shm`, `${DATABASE}-journal`];
/** What `--fresh` removes; bundles are no data. */
export const dataNames = [...databaseNames, OBJECTS, AUDIT, EARLIER_AUDIT];
const folders: readonly string[] = [OBJECTS, SERVED, INVOKED];
const ownNames: readonly string[] = [MARKER, STACK_FILE, ...dataNames, ...folders];
/** File managers leave these behind: they say nothing of whose folder it is, and stay. */
const ofFileManagers = ['.DS_Store', 'Thumbs.db', 'desktop.ini'];

/** What is in a folder. Throws the system's error. */
export const entriesOf = (directory: string): readonly Dirent[] =>
  readdirSync(directory, { withFileTypes: true }).filter(({ name }) => !ofFileManagers.includes(name));

/** Name and kind are those of the stack's own; a link never is, because what it leads to may be anybody's. */
const isOwn = (entry: Dirent) =>
  ownNames.includes(entry.name) && (folders.includes(entry.name) ? entry.isDirectory() : entry.isFile());

/** What the stack did not make, as far as names and kinds tell. */
export const othersOf = (entries: readonly Dirent[]): readonly Dirent[] => entries.filter((entry) => !isOwn(entry));

/** Whether the folder says itself that it is the stack's. */
export function isMarked(directory: string, entries: readonly Dirent[]): boolean {
  if (!entries.some((entry) => entry.name === MARKER && entry.isFile())) return false;
  try {
    return z.safeParse(marker, JSON.parse(readFileSync(join(directory, MARKER), 'utf8'))).success;
  } catch {
    return false;
  }
}

/** Whether all in it was made by a version that left no marker. Names alone do not show it: projects have folders called `functions`, too. */
export function isOfEarlierVersion(directory: string, entries: readonly Dirent[]): boolean {
  if (othersOf(entries).length > 0) return false;
  const names = entries.map(({ name }) => name);
  const isBundled = existsSync(join(directory, SERVED, 'fallback/index.mjs'));
  const buckets = names.includes(OBJECTS) ? readdirSync(join(directory, OBJECTS)) : [];
  return (
    (names.includes(DATABASE) || isBundled) &&
    (isBundled || !names.includes(SERVED)) &&
    buckets.every((name) => name === 'attachments')
  );
}

/** Some names for a message. */
export function namesOf(entries: readonly Dirent[]): string {
  const names = entries.slice(0, 3).map(({ name }) => JSON.stringify(name));
  const more = entries.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}
