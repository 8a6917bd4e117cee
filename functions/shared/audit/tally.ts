import { AsyncLocalStorage } from 'node:async_hooks';

/** What a call is about, as far as it is known; usernames and ids of access tokens leave it as keyed hashes only. */
export interface Subject {
  readonly tenant?: string | undefined;
  readonly profileId?: string | undefined;
  /** In its tenant. */
  readonly username?: string | undefined;
  /** Where it becomes another one. */
  readonly newUsername?: string | undefined;
  /** Of the access token that is made or deleted. */
  readonly accessTokenId?: string | undefined;
  /** Of the access token that ends as another one takes its place. */
  readonly replacedTokenId?: string | undefined;
}

/** Who calls. */
interface Caller {
  readonly accessTokenId: string;
  readonly application?: string | null;
}

/** What of one tenant, or of none, was written or tried to be. */
export interface Change {
  readonly subject: Subject;
  readonly profileIds: ReadonlySet<string>;
  /** Profiles that were too many to tell apart. */
  readonly moreProfiles: number;
  readonly accessTokenIds: ReadonlySet<string>;
  /** Names of fields, never values. */
  readonly fields: ReadonlySet<string>;
  /** Names of attributes. */
  readonly attributes: ReadonlySet<string>;
}

/** Over a subject, what is known of another one. */
export const overlaid = (subject: Subject, other: Subject): Subject => ({
  ...subject,
  ...Object.fromEntries(Object.entries(other).filter(([, value]) => value !== undefined)),
});

/** A record of so many says how many they are, and keeping the id of each would take more memory than the work. */
const MOST_TOLD_APART = 10_000;

class NotedChange implements Change {
  subject: Subject = {};
  readonly profileIds = new Set<string>();
  moreProfiles = 0;
  readonly accessTokenIds = new Set<string>();
  readonly fields = new Set<string>();
  readonly attributes = new Set<string>();

  addProfile(id: string): void {
    if (this.profileIds.size < MOST_TOLD_APART || this.profileIds.has(id)) this.profileIds.add(id);
    else this.moreProfiles++;
  }
}

/** What one call has done so far, as those say who do it: the audit trail is made of it. */
export class Tally {
  caller: Caller | undefined;
  subject: Subject = {};
  /** How many writes were sent. */
  tried = 0;
  /** How many of them have changed the store. */
  written = 0;
  /** Of how many writes nobody knows. */
  unknown = 0;
  readonly #changes = new Map<string, NotedChange>();

  /** By tenant; what is of none, or does not know of which, stands alone. */
  get changes(): readonly Change[] {
    return [...this.#changes.values()];
  }

  note(subject: Subject, fields: Iterable<string>, attributes: Iterable<string>, profiles = 0): void {
    const key = JSON.stringify(subject.tenant ?? null);
    const change = this.#changes.get(key) ?? new NotedChange();
    this.#changes.set(key, change);
    change.subject = overlaid(change.subject, subject);
    change.moreProfiles += profiles;
    if (subject.profileId !== undefined) change.addProfile(subject.profileId);
    if (subject.accessTokenId !== undefined) change.accessTokenIds.add(subject.accessTokenId);
    for (const field of fields) change.fields.add(field);
    for (const attribute of attributes) change.attributes.add(attribute);
  }
}

const tallies = new AsyncLocalStorage<Tally>();

/** Runs something whose changes are counted by themselves. */
export const tallied = <Result>(run: (tally: Tally) => Result): Result => {
  const tally = new Tally();
  return tallies.run(tally, () => run(tally));
};

/** What the call that is being worked on has done so far; nothing outside of any. */
export const currentTally = (): Tally => tallies.getStore() ?? new Tally();

/** Says under which access token the call is made, once that is known. */
export function noteCaller(caller: Caller): void {
  const tally = tallies.getStore();
  if (tally !== undefined) tally.caller = caller;
}

/** Says what the call is about. */
export function noteSubject(subject: Subject): void {
  const tally = tallies.getStore();
  if (tally !== undefined) tally.subject = overlaid(tally.subject, subject);
}

/** Says what is about to be written: names of fields and attributes, never values. Whoever writes says so, whatever calls it. */
export const noteChange = (subject: Subject, fields: Iterable<string>, attributes: Iterable<string> = []): void =>
  tallies.getStore()?.note(subject, fields, attributes);

/** Says the same of very many new profiles of a tenant, which are counted and not named. */
export const noteProfiles = (tenant: string, profiles: number, attributes: Iterable<string>): void =>
  tallies.getStore()?.note({ tenant }, ['profile'], attributes, profiles);

/** Says that a write has changed the store, though it was refused when it was repeated. */
export function noteWritten(): void {
  const tally = tallies.getStore();
  if (tally !== undefined) tally.written++;
}

/** Sends a write and counts what became of it; `isRefusal` tells failures after which nothing has changed. */
export async function counted<Output>(
  send: () => Promise<Output>,
  isRefusal: (error: unknown) => boolean = () => false,
): Promise<Output> {
  const tally = tallies.getStore();
  if (tally !== undefined) tally.tried++;
  try {
    const output = await send();
    if (tally !== undefined) tally.written++;
    return output;
  } catch (error) {
    if (tally !== undefined && !isRefusal(error)) tally.unknown++;
    throw error;
  }
}
