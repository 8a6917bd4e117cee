import { assertThat, profileExists } from '../../errors/api-error.ts';
import { replacePassword } from '../../repositories/credentials.ts';
import type { transact } from '../../repositories/dynamodb/writes.ts';
import { applyChange, deleteLogin, type ProfileChange, profileUpdate } from '../../repositories/profile-writes.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { LoadedProfile } from './load-profile.ts';
import { transactWithUsername } from './username.ts';
import { type ProfileStore, writeProfile } from './write-profile.ts';

/** A username, a password hash, or both; the same username is no change. */
interface NewIdentity {
  readonly username: string | undefined;
  readonly passwordHash: string | undefined;
}

/**
 * Changes username or password of a loaded profile together with the rest, in one transaction: the new username is claimed as the old one goes
 * (409 `PROFILE_EXISTS` where it is taken), and a new password moves the epoch that ends every session and token (contract 5.18, 9.1 #21, #50).
 */
export async function changeIdentity(
  deps: ProfileStore & { transact: typeof transact },
  loaded: LoadedProfile,
  plan: (tenant: Tenant) => ProfileChange,
  { username, passwordHash }: NewIdentity,
): Promise<LoadedProfile> {
  return writeProfile(deps, loaded, async ({ stored, tenant }) => {
    const epochs = { from: stored.credentialEpoch, to: stored.credentialEpoch + 1 };
    const renames = username !== undefined && username !== stored.username;
    const change = {
      ...plan(tenant),
      ...(renames ? { username } : {}),
      ...(passwordHash === undefined ? {} : { credentialEpoch: epochs.to }),
    };
    const changed = applyChange(stored, change);
    const { credentialEpoch, disableEpoch } = stored;
    const items = {
      profile: { Update: profileUpdate(stored, change, { username: stored.username, credentialEpoch, disableEpoch }) },
      ...(passwordHash === undefined ? {} : { credentials: replacePassword(stored.id, passwordHash, epochs) }),
      ...(renames ? { oldLogin: deleteLogin(stored) } : {}),
    };
    const failed = renames ? await transactWithUsername(deps, changed, items) : await deps.transact<string>(items);
    assertThat(!failed.has('username') || failed.has('profile'), () => profileExists(changed.username));
    return failed.size === 0 ? changed : undefined;
  });
}
