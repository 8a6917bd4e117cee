import { isObjectId } from '../../functions/shared/domain/values/object-id.ts';
import { KeySet } from './key-set.ts';
import { isUnreadable, type Oddity, type Place, type SourceDocument, type Unreadable } from './read/source.ts';
import type { Lines } from './rejects-file.ts';

/** What is imported. */
export type Kind = 'access token' | 'tenant' | 'profile' | 'attachment';

/** What became of a record that could be taken. */
export type Outcome =
  /** New here. */
  | 'imported'
  /** Here already, as the files have it. */
  | 'there'
  /** Here already, and only changed here since. */
  | 'changed here'
  /** Here already, and the files have something newer. */
  | 'different'
  /** What the files have has taken the place of what was here. */
  | 'replaced'
  /** Switched off: it is not in the files any more. */
  | 'disabled'
  /** In the files, and not here. */
  | 'missing';

/** How often something odd was met, and in which fields. */
interface Odd {
  count: number;
  readonly fields: Map<string, number>;
}

/** More names of fields than anybody reads are counted together. */
const MOST_FIELDS = 50;

/** Where a record came from, as a line of the rejects has it. */
export interface Origin extends Place {
  readonly collection: string;
  readonly id: string | undefined;
  /** By which a profile is known that has no ObjectId of its own; undefined where it cannot be read. */
  readonly login?: string | undefined;
}

/** How it is with the records of an import so far. Texts in it hold no values of records. */
export class ImportReport {
  readonly rejects: Lines;
  readonly #outcomes = new Map<string, number>();
  readonly #odd = new Map<string, Odd>();
  readonly #lines: string[] = [];
  #rejected = 0;
  readonly #notTaken = new KeySet();
  #hasLostProfiles = false;
  readonly leftBehind = new Map<string, number>();

  constructor(rejects: Lines) {
    this.rejects = rejects;
  }

  count(kind: Kind, outcome: Outcome, by = 1): void {
    const key = `${outcome} ${kind}`;
    this.#outcomes.set(key, this.of(kind, outcome) + by);
  }

  of(kind: Kind, outcome: Outcome): number {
    return this.#outcomes.get(`${outcome} ${kind}`) ?? 0;
  }

  odd({ kind, field }: Oddity): void {
    const odd = this.#odd.get(kind) ?? { count: 0, fields: new Map() };
    this.#odd.set(kind, odd);
    odd.count++;
    const name = odd.fields.has(field) || odd.fields.size < MOST_FIELDS ? field : '…';
    odd.fields.set(name, (odd.fields.get(name) ?? 0) + 1);
  }

  get oddities(): ReadonlyMap<string, Odd> {
    return this.#odd;
  }

  /** Something that is said as it is. */
  say(line: string): void {
    this.#lines.push(line);
  }

  get said(): readonly string[] {
    return this.#lines;
  }

  get rejected(): number {
    return this.#rejected;
  }

  /** Takes note of a profile that is not taken, by its id or login. */
  leaveBehind(idOrLogin: string): void {
    this.#notTaken.add(idOrLogin);
  }

  /** Whether a profile of this id or login was not taken. */
  isLeftBehind(idOrLogin: string): boolean {
    return this.#notTaken.has(idOrLogin);
  }

  /** Whether profiles were rejected of which nobody knows the id that they have here. */
  get hasLostProfiles(): boolean {
    return this.#hasLostProfiles;
  }

  reject(origin: Origin, field: string | undefined, reason: string): void {
    const { collection, file, at, number, id } = origin;
    this.#rejected++;
    if (collection === 'profile') this.#rejectProfile(origin);
    this.rejects.add({ file, at, collection, number, _id: id, field, reason });
  }

  #rejectProfile({ id, login }: Origin): void {
    if (id !== undefined && isObjectId(id)) this.leaveBehind(id.toLowerCase());
    else if (login !== undefined) this.leaveBehind(login);
    else this.#hasLostProfiles = true;
  }
}

/** The first characters of an access token's id are all that is told of it. */
const SHOWN_OF_TOKEN = 4;

/** What a username of a tenant is known by. */
export const loginOf = (tenant: string, username: string): string => `login ${JSON.stringify([tenant, username])}`;

function loginIn(read: SourceDocument | Unreadable): string | undefined {
  if (isUnreadable(read)) return undefined;
  const { tenant, username } = read.value;
  return typeof tenant === 'string' && typeof username === 'string' ? loginOf(tenant, username) : undefined;
}

/** Where a document came from. */
export function originOf(collection: string, read: SourceDocument | Unreadable): Origin {
  const { file, at, number } = read;
  const given = isUnreadable(read) ? read.id : read.value._id;
  const whole =
    given === undefined || given === null ? undefined : typeof given === 'string' ? given : JSON.stringify(given);
  const id = collection === 'accesstoken' && whole !== undefined ? `${whole.slice(0, SHOWN_OF_TOKEN)}…` : whole;
  return { collection, file, at, number, id, login: collection === 'profile' ? loginIn(read) : undefined };
}
