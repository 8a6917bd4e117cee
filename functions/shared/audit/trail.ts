import { createHmac } from 'node:crypto';
import { channel } from 'node:diagnostics_channel';
import { currentInvocation } from '../config/invocation.ts';
import { log } from '../config/logger.ts';
import { type Change, overlaid, type Subject } from './tally.ts';

/** What became of a call; `not known`: a write was sent, and nobody knows whether the store has taken it. */
export type Outcome = 'done' | 'refused' | 'failed' | 'not known';

/** What a record says of who called, and of how it ended. */
export interface Circumstances {
  readonly outcome: Outcome;
  /** Of what was refused: the `errorCode` of the newest wire line, and more exactly. */
  readonly code?: string;
  readonly reason?: string;
  readonly application?: string | null | undefined;
  /** Of the caller. */
  readonly accessTokenId?: string | undefined;
  /** Where the request came from. */
  readonly sourceAddress?: string | undefined;
}

/** Where records go in place of the log, by a name that all bundles of a process share: the local stack and the operator's commands keep them. */
export const TRAIL = 'serverless-profile audit trail';
const trail = channel(TRAIL);

/** How long a text of a caller may be in a record, and a name of many: Lambda takes lines of 256 KB. */
const LONGEST_TEXT = 512;
const LONGEST_NAME = 128;
/** A tenant's definitions are no more. */
const MOST_NAMES = 250;

const short = (text: string | null | undefined, limit = LONGEST_TEXT) => text?.slice(0, limit).toWellFormed();
const namesOf = (names: ReadonlySet<string>) =>
  names.size === 0
    ? undefined
    : [...names]
        .sort()
        .slice(0, MOST_NAMES)
        .map((name) => short(name, LONGEST_NAME));

/** The hash under which the trail knows a value of a kind; nobody can tell by it whether a guess is right without the key. */
export const keyedHash = (key: Uint8Array, kind: 'access token' | 'user', ...values: readonly string[]): string =>
  createHmac('sha256', key)
    .update(JSON.stringify([kind, ...values]))
    .digest('hex')
    .slice(0, 32);

/** Whether making a record of these takes the key. */
export const needsKey = ({ accessTokenId }: Circumstances, { username, ...tokens }: Subject): boolean =>
  [accessTokenId, username, tokens.accessTokenId, tokens.replacedTokenId].some((secret) => secret !== undefined);

/** The hashes; without a key there are none. */
function hashesOf(key: Uint8Array | undefined, circumstances: Circumstances, subject: Subject) {
  if (key === undefined) return needsKey(circumstances, subject) ? { hashes: 'none: the key is not known' } : {};
  const { tenant, username, newUsername } = subject;
  const user = (name: string | undefined) =>
    tenant === undefined || name === undefined ? undefined : keyedHash(key, 'user', tenant, name);
  const token = (id: string | undefined) => (id === undefined ? undefined : keyedHash(key, 'access token', id));
  return {
    caller: token(circumstances.accessTokenId),
    user: user(username),
    newUser: user(newUsername),
    accessToken: token(subject.accessTokenId),
    replacedToken: token(subject.replacedTokenId),
  };
}

/** Many are counted, and none is named but one that has ended for another. */
function countsOf({ profileIds, moreProfiles, accessTokenIds, subject }: Change) {
  const [profiles, accessTokens] = [profileIds.size + moreProfiles, accessTokenIds.size];
  const { tenant, replacedTokenId, ...alone } = subject;
  const isOne = moreProfiles === 0 && profiles <= 1 && accessTokens <= 1;
  return {
    subject: isOne ? subject : { tenant, replacedTokenId },
    counts: isOne
      ? { profileId: alone.profileId }
      : { profiles: profiles || undefined, accessTokens: accessTokens || undefined },
  };
}

const nothing: Change = {
  subject: {},
  profileIds: new Set(),
  moreProfiles: 0,
  accessTokenIds: new Set(),
  fields: new Set(),
  attributes: new Set(),
};

const both = (one: ReadonlySet<string>, other: ReadonlySet<string>) => new Set([...one, ...other]);

/** All that was changed as one. */
export const together = (changes: readonly Change[]): Change =>
  changes.reduce(
    (sum, change) => ({
      subject: overlaid(sum.subject, change.subject),
      profileIds: both(sum.profileIds, change.profileIds),
      moreProfiles: sum.moreProfiles + change.moreProfiles,
      accessTokenIds: both(sum.accessTokenIds, change.accessTokenIds),
      fields: both(sum.fields, change.fields),
      attributes: both(sum.attributes, change.attributes),
    }),
    nothing,
  );

/**
 * Leaves one record of the audit trail, in the log, or with whom this process has for it. It names fields and attributes and never holds a value, a username, an
 * address or an id that lets anybody in; `key` makes the hashes.
 */
export function leaveRecord(circumstances: Circumstances, change: Change, key?: Uint8Array): void {
  const { outcome, code, reason, application, sourceAddress } = circumstances;
  const { fields, attributes } = change;
  const { subject, counts } = countsOf(change);
  const record = {
    audit: 1,
    outcome,
    code,
    reason,
    application: short(application),
    tenant: short(subject.tenant),
    ...counts,
    ...hashesOf(key, circumstances, subject),
    fields: namesOf(fields),
    attributes: namesOf(attributes),
    sourceAddress,
  };
  if (trail.hasSubscribers) trail.publish({ timestamp: new Date().toISOString(), ...currentInvocation(), ...record });
  else log().info('Audit', record);
}
