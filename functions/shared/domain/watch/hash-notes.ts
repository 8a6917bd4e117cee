import type { Credentials } from '../sign-in/credentials.ts';
import type { HashNote } from '../sign-in/foreign/hash-note.ts';
import { readHash } from '../sign-in/foreign/read-hash.ts';
import { isOurHash } from '../sign-in/password-hash.ts';
import type { PageStart } from '../sweep/pass.ts';

/** Whoever writes profiles with such hashes notes them within half of it. */
const REST_MS = 86_400_000;
const PAGE = 100;
/** A call looks at no more pages of a tenant; the next one goes on. */
const MOST_PAGES = 200;

/** What is looked at. */
export interface HashNoteStore {
  listHashNotes(): Promise<readonly HashNote[]>;
  listSweepPage(
    tenantId: string,
    start: PageStart,
    limit: number,
  ): Promise<{ ids: readonly string[]; next: string | undefined }>;
  findManyCredentials(profileIds: readonly string[]): Promise<readonly Credentials[]>;
  saveHashNote(note: HashNote, after: string): Promise<void>;
  endHashNote(note: HashNote): Promise<void>;
}

const isForeign = ({ passwordHash }: Credentials): boolean =>
  passwordHash !== undefined && !isOurHash(passwordHash) && readHash(passwordHash) !== undefined;

/** Goes on from where the last look ended to the first profile that still has such a hash; ends the note where there is none. */
async function lookThrough(store: HashNoteStore, note: HashNote, mostPages: number): Promise<void> {
  let { after } = note;
  for (let page = 0; page < mostPages; page++) {
    const { ids, next } = await store.listSweepPage(note.tenantId, { after, sinceMs: undefined }, PAGE);
    if ((await store.findManyCredentials(ids)).some(isForeign)) break;
    if (next === undefined) return store.endHashNote(note);
    after = next;
  }
  if (after !== undefined && after !== note.after) await store.saveHashNote(note, after);
}

/**
 * Ends the notes of tenants in which no profile has a hash of another identity store any more (data model, section 5). Such hashes come by imports alone, and go one by one: each profile is looked at
 * once, and those of one page again at each call.
 *
 * @param mostPages of 100 profiles of each tenant that are looked at
 */
export async function endHashNotes(store: HashNoteStore, nowMs: number, mostPages = MOST_PAGES): Promise<void> {
  for (const note of await store.listHashNotes())
    if (note.notedAtMs <= nowMs - REST_MS) await lookThrough(store, note, mostPages);
}
