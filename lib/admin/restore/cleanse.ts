import type { AccessToken } from '../../../functions/shared/domain/access/access-token.ts';
import { inParallel } from '../../../functions/shared/domain/concurrency/in-parallel.ts';
import { deleteAccessToken, listAccessTokens } from '../../../functions/shared/repositories/access-tokens.ts';
import {
  dropVerificationTokens,
  type Ending,
  endSessionsOf,
  type ReturnedProfile,
  returnedProfiles,
} from '../../../functions/shared/repositories/restored.ts';

/** Profiles whose sessions are ended at once. */
const PARALLEL = 25;

/** What has been taken out of tables that came back. */
export interface Cleansed {
  readonly profiles: number;
  readonly verificationTokens: number;
  readonly accessTokens: number;
  /** Old ones whose new ones nobody knows. */
  readonly passwords: number;
}

/** What has happened to a profile since the moment that it comes back from. */
export interface ProfileSince {
  /** Undefined where that is not known. */
  readonly isDisabled: boolean | undefined;
  /** Another password: its hash, null where nobody has it. */
  readonly newPasswordHash?: string | null;
}

/** What is known of now: where things were ended that come back. */
export interface Present {
  /** Those of these access tokens that are to be ended. */
  endedOf(tokens: readonly AccessToken[]): Promise<readonly AccessToken[]>;
  /** What has happened to these profiles, by id; those of which nothing is known are left out. */
  sinceOf(profiles: readonly ReturnedProfile[]): Promise<ReadonlyMap<string, ProfileSince>>;
}

/**
 * A new password and a disable of since stay. Both epochs move past what they ever were, which started from the clock; but a profile that waits for its mail is known by
 * a `disableEpoch` that has never moved (contract 5.3), so that of it the other one ends all that was alive.
 */
function endingOf(profile: ReturnedProfile, since: ProfileSince | undefined, nowMs: number): Ending {
  const { disableEpoch, createdAtMs, verified } = profile;
  const { isDisabled, newPasswordHash: passwordHash } = since ?? {};
  const waits = !verified && disableEpoch === createdAtMs && isDisabled !== false;
  const credentialEpoch = Math.max(nowMs, profile.credentialEpoch + 1);
  return {
    credentials: { credentialEpoch, ...(passwordHash === undefined ? {} : { passwordHash }) },
    profile: {
      credentialEpoch,
      ...(waits ? {} : { disableEpoch: Math.max(nowMs, disableEpoch + 1) }),
      ...(isDisabled === true ? { enabled: false } : {}),
    },
  };
}

async function endAllSessions(present: Present, nowMs: number): Promise<Pick<Cleansed, 'profiles' | 'passwords'>> {
  let [profiles, passwords] = [0, 0];
  for await (const page of returnedProfiles()) {
    const since = await present.sinceOf(page);
    await inParallel(page, PARALLEL, (one) => endSessionsOf(one.id, endingOf(one, since.get(one.id), nowMs)));
    profiles += page.length;
    passwords += page.filter(({ id }) => since.get(id)?.newPasswordHash === null).length;
  }
  return { profiles, passwords };
}

async function endRevoked(present: Present): Promise<number> {
  const revoked = await present.endedOf(await listAccessTokens());
  for (const { id } of revoked) await deleteAccessToken(id);
  return revoked.length;
}

/**
 * Takes out of the tables that the repositories point to, which came back from an earlier moment, whatever was ended since: sessions by moving the epochs of every
 * profile, verification tokens, old passwords, and access tokens that work no more. Done again it does no harm. Tickets are not looked at: their table
 * starts empty.
 */
export async function cleanse(present: Present, nowMs: number): Promise<Cleansed> {
  return {
    accessTokens: await endRevoked(present),
    verificationTokens: await dropVerificationTokens(),
    ...(await endAllSessions(present, nowMs)),
  };
}
