import type { AccessToken } from '../../../functions/shared/domain/access/access-token.ts';
import { inParallel } from '../../../functions/shared/domain/concurrency/in-parallel.ts';
import { deleteAccessToken, listAccessTokens } from '../../../functions/shared/repositories/access-tokens.ts';
import {
  dropVerificationTokens,
  type Ending,
  endSessionsOf,
  type ReturnedProfile,
  returnedProfiles,
  type StandingProfile,
  standingIn,
} from '../../../functions/shared/repositories/restored.ts';

/** Profiles whose sessions are ended at once. */
const PARALLEL = 25;

/** What has been taken out of tables that came back. */
export interface Cleansed {
  readonly profiles: number;
  readonly verificationTokens: number;
  readonly accessTokens: number;
}

/**
 * A new password and a disable of since stay. Both epochs move past what they ever were, which started from the clock; but a profile that waits for its mail is known by
 * a `disableEpoch` that has never moved (contract 5.3), so that of it the other one ends all that was alive.
 */
function endingOf(profile: ReturnedProfile, standing: StandingProfile | undefined, nowMs: number): Ending {
  const { disableEpoch, createdAtMs, verified } = profile;
  const waits = !verified && disableEpoch === createdAtMs && standing?.isDisabled !== false;
  const credentialEpoch = Math.max(nowMs, profile.credentialEpoch + 1);
  const isNewer = standing !== undefined && standing.credentialEpoch !== profile.credentialEpoch;
  return {
    credentials: {
      credentialEpoch,
      ...(isNewer && standing.passwordHash !== undefined ? { passwordHash: standing.passwordHash } : {}),
    },
    profile: {
      credentialEpoch,
      ...(waits ? {} : { disableEpoch: Math.max(nowMs, disableEpoch + 1) }),
      ...(standing?.isDisabled === true ? { enabled: false } : {}),
    },
  };
}

async function endAllSessions(inUse: string | undefined, nowMs: number): Promise<number> {
  let ended = 0;
  for await (const page of returnedProfiles()) {
    const ids = page.map(({ id }) => id);
    const standing = inUse === undefined ? new Map<string, StandingProfile>() : await standingIn(inUse, ids);
    await inParallel(page, PARALLEL, (one) => endSessionsOf(one.id, endingOf(one, standing.get(one.id), nowMs)));
    ended += page.length;
  }
  return ended;
}

/** What an access token may do, and until when: another one under its id is not what came back. */
const meaningOf = ({ application, master, tenantPermissions, expiresOnMs }: AccessToken) =>
  JSON.stringify([application, master, tenantPermissions, expiresOnMs]);

/** Ends access tokens that came back and are no more, or are no longer what they were: `valid` are those of the tables in use. */
async function endRevoked(valid: readonly AccessToken[]): Promise<number> {
  const meanings = new Map(valid.map((token) => [token.id, meaningOf(token)]));
  const revoked = (await listAccessTokens()).filter((token) => meanings.get(token.id) !== meaningOf(token));
  for (const { id } of revoked) await deleteAccessToken(id);
  return revoked.length;
}

/** What the tables that are still in use say of now. */
export interface Present {
  /** The access tokens that work; none where their table is lost, as nobody knows then which were ended. */
  readonly accessTokens: readonly AccessToken[];
  /** The Profiles table; undefined where it is lost, and with it what of passwords and disables was new. */
  readonly profilesTable: string | undefined;
}

/**
 * Takes out of the tables that the repositories point to, which came back from an earlier moment, whatever was ended since: sessions by moving the epochs of every
 * profile, verification tokens, old passwords, and access tokens that work no more. Done again it does no harm. Tickets are not looked at: their table
 * starts empty.
 */
export async function cleanse({ accessTokens, profilesTable }: Present, nowMs: number): Promise<Cleansed> {
  return {
    accessTokens: await endRevoked(accessTokens),
    verificationTokens: await dropVerificationTokens(),
    profiles: await endAllSessions(profilesTable, nowMs),
  };
}
