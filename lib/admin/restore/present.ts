import { keyedHash } from '../../../functions/shared/audit/trail.ts';
import type { AccessToken } from '../../../functions/shared/domain/access/access-token.ts';
import { listAccessTokens } from '../../../functions/shared/repositories/access-tokens.ts';
import { findAuditKey } from '../../../functions/shared/repositories/audit-key.ts';
import {
  type ReturnedProfile,
  type StandingProfile,
  standingIn,
} from '../../../functions/shared/repositories/restored.ts';
import type { Present, ProfileSince } from './cleanse.ts';
import type { EndedSince } from './ended-since.ts';
import type { Origin, Origins } from './origins.ts';
import { readEnded } from './read-ended.ts';

/** What an access token may do, and until when: another one under its id is not what came back. */
const meaningOf = ({ application, master, tenantPermissions, expiresOnMs }: AccessToken) =>
  JSON.stringify([application, master, tenantPermissions, expiresOnMs]);

/** By the access tokens of a table that is still in use: those that are no more, or are no longer what they were, have ended. */
export function tokensInUse(valid: readonly AccessToken[]): Present['endedOf'] {
  const meanings = new Map(valid.map((token) => [token.id, meaningOf(token)]));
  return async (tokens) => tokens.filter((token) => meanings.get(token.id) !== meaningOf(token));
}

/** By the audit trail, where their table is lost; its key is in the table that came back. Where they are not known, each has ended. */
export function tokensByTrail({ accessTokens }: EndedSince): Present['endedOf'] {
  return async (tokens) => {
    const key = await findAuditKey();
    if (accessTokens === undefined || (key === undefined && accessTokens.size > 0)) return tokens;
    return tokens.filter(({ id }) => key !== undefined && accessTokens.has(keyedHash(key, 'access token', id)));
  };
}

function sinceOf(profile: ReturnedProfile, { isDisabled, passwordHash, ...standing }: StandingProfile): ProfileSince {
  const isNewer = standing.credentialEpoch !== profile.credentialEpoch;
  return { isDisabled, ...(isNewer && passwordHash !== undefined ? { newPasswordHash: passwordHash } : {}) };
}

/** By a Profiles table that is still in use. */
export function profilesInUse(table: string): Present['sinceOf'] {
  return async (profiles) => {
    const standing = await standingIn(
      table,
      profiles.map(({ id }) => id),
    );
    const found = profiles.flatMap((profile): [string, ProfileSince][] => {
      const now = standing.get(profile.id);
      return now === undefined ? [] : [[profile.id, sinceOf(profile, now)]];
    });
    return new Map(found);
  };
}

/** By the audit trail, where their table is lost: a new password is in no record, so that the old one is taken away. */
export function profilesByTrail({ newPasswords, disabled }: EndedSince): Present['sinceOf'] {
  return async (profiles) =>
    new Map(
      profiles.map(({ id }): [string, ProfileSince] => [
        id,
        {
          isDisabled: disabled.has(id) ? true : undefined,
          ...(newPasswords.has(id) ? { newPasswordHash: null } : {}),
        },
      ]),
    );
}

const iso = (timeMs: number) => new Date(timeMs).toISOString();

/** What was ended since a table was deleted, and what is to be said of it, `fallback` where that is not known. */
async function lostOf(stage: string, { source, lost }: Origin, fallback: string) {
  if (lost === undefined) return undefined;
  const { ended, lack } = await readEnded(stage, lost);
  const gone = `${source.from} is gone: it comes back as it was when it was deleted, at ${iso(lost.atMs)}.`;
  const doubt = `The audit trail does not say what was ended since (${lack}): ${fallback}.`;
  return { ended, notes: lack === undefined ? [gone] : [gone, doubt] };
}

/** What is known of now, by the tables in use, or the audit trail where they are lost; and what the operator is to know of these. */
export async function presentOf(
  stage: string,
  { profiles, tokens }: Origins,
): Promise<{ readonly present: Present; readonly notes: readonly string[] }> {
  const lostProfiles = await lostOf(stage, profiles, 'passwords and disables of since are not known');
  const lostTokens = await lostOf(stage, tokens, 'every access token that comes back is ended');
  const present = {
    endedOf: lostTokens ? tokensByTrail(lostTokens.ended) : tokensInUse(await listAccessTokens()),
    sinceOf: lostProfiles ? profilesByTrail(lostProfiles.ended) : profilesInUse(profiles.source.from),
  };
  return { present, notes: [...(lostProfiles?.notes ?? []), ...(lostTokens?.notes ?? [])] };
}
