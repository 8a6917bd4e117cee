import { hash } from 'node:crypto';
import type { Profile } from '../../functions/shared/domain/profile/profile.ts';
import { isOurHash } from '../../functions/shared/domain/sign-in/password-hash.ts';
import type { StoredWithNote } from '../../functions/shared/repositories/import-notes.ts';
import type { ImportNote } from '../../functions/shared/repositories/new-profiles.ts';

/** What of a profile its user or an application may change: times and counters, which each sign-in moves, are left out. */
type Content = Pick<Profile, 'username' | 'email' | 'verified' | 'enabled' | 'roles' | 'attributes'>;

const digest = (value: unknown) => hash('sha256', JSON.stringify(value), 'base64url').slice(0, 22);
const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);

/** The same for the same content, whatever the order of roles and attributes; an e-mail of null is another one than an empty one. */
export const contentOf = ({ username, email, verified, enabled, roles, attributes }: Content): string =>
  digest([
    username,
    email,
    verified,
    enabled,
    [...roles].sort(),
    [...attributes].map(([name, { text }]) => [name, text] as const).sort(byName),
  ]);

/** The same for the same hash of a password, or for none. */
export const passwordOf = (passwordHash: string | undefined): string => digest(passwordHash ?? null);

/** How a record of the files stands to what is stored of it. */
export type Standing = 'there' | 'different' | 'changed here' | 'changed on both sides';

type Told = Pick<ImportNote, 'source' | 'password'>;

/** Without a note nobody knows who changed what: it is the same, or changed on both sides. An old hash may have been renewed at a sign-in. */
function standingUnnoted({ profile, credentials }: StoredWithNote, content: string, passwordHash: string | undefined) {
  const isRenewed = passwordHash !== undefined && isOurHash(credentials.passwordHash ?? '');
  const isSamePassword = isRenewed || passwordOf(credentials.passwordHash) === passwordOf(passwordHash);
  return contentOf(profile) === content && isSamePassword ? 'there' : 'changed on both sides';
}

/** Compares content, and passwords by their epochs: a hash that a sign-in has renewed is of the same password. */
export function standingOf(
  stored: StoredWithNote,
  record: Content & { readonly passwordHash: string | undefined },
): Standing {
  const { profile, credentials, note } = stored;
  const told: Told = { source: contentOf(record), password: passwordOf(record.passwordHash) };
  if (note === undefined) return standingUnnoted(stored, told.source, record.passwordHash);
  const isOtherPassword = credentials.credentialEpoch !== note.credentialEpoch;
  const isChangedHere = isOtherPassword || contentOf(profile) !== note.content;
  const isChangedThere = told.source !== note.source || told.password !== note.password;
  if (!isChangedThere) return isChangedHere ? 'changed here' : 'there';
  if (!isChangedHere) return 'different';
  const isSame = contentOf(profile) === told.source && passwordOf(credentials.passwordHash) === told.password;
  return isSame ? 'there' : 'changed on both sides';
}
