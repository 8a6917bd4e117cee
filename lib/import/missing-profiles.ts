import { redoRefused } from '../../functions/shared/domain/concurrency/redo-refused.ts';
import { asIndexed } from '../../functions/shared/domain/profile/indexed-profile.ts';
import type { Profile } from '../../functions/shared/domain/profile/profile.ts';
import { storeSettled } from '../../functions/shared/domain/profile/write-profile.ts';
import type { Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import { findWithNotes } from '../../functions/shared/repositories/import-notes.ts';
import { listIdsByCreation } from '../../functions/shared/repositories/profile-lists.ts';
import { settleProfile, updateProfile } from '../../functions/shared/repositories/profile-writes.ts';
import { findProfile } from '../../functions/shared/repositories/profiles.ts';
import { type Importing, writes } from './importing.ts';
import type { KeySet } from './key-set.ts';
import type { Lines } from './rejects-file.ts';
import type { ImportedTenants } from './tenants.ts';

/** What an earlier import brought of these, and is still enabled. */
async function broughtOf(ids: readonly string[]): Promise<readonly Profile[]> {
  const found = await findWithNotes(ids);
  return [...found.values()].flatMap(({ profile, note }) => (note === undefined ? [] : [profile]));
}

/** Switches it off as an application would (contract 5.21). */
async function disable(profile: Profile, tenant: Tenant): Promise<void> {
  await redoRefused(
    profile,
    async (read) => {
      const settled = await storeSettled({ settleProfile }, read, tenant);
      return settled && updateProfile(asIndexed(settled, tenant), { enabled: false, atMs: Date.now() });
    },
    () => findProfile(profile.id),
  );
}

/**
 * Lists the profiles that an earlier import brought to the tenants of the files and that are not in the files any more, and disables them where that is asked for. What
 * was made here is none of them, nor what is in the files and was rejected.
 */
export async function listMissing(
  importing: Importing,
  tenants: ImportedTenants,
  taken: KeySet,
  lines: Lines,
): Promise<void> {
  const { report, options } = importing;
  if (report.hasLostProfiles) {
    report.say('Profiles that are here and not in the files are not looked for: a part of the files cannot be read.');
    return;
  }
  let missing = 0;
  for (const { tenant, isNew } of tenants.opened) {
    if (isNew) continue;
    for await (const page of listIdsByCreation(tenant.id)) {
      const others = page.filter((id) => !taken.has(id) && !report.hasRejected(id));
      for (const profile of await broughtOf(others)) {
        missing++;
        lines.add({ tenant: tenant.name, _id: profile.id, username: profile.username, enabled: profile.enabled });
        if (!options.disableMissing || !profile.enabled) continue;
        if (writes(importing)) await disable(profile, tenant);
        report.count('profile', 'disabled');
      }
    }
  }
  if (missing > 0)
    report.say(
      `Profiles that an earlier import brought and that are not in the files any more: ${missing}, in ${lines.path}.${options.disableMissing ? '' : ' --disable-missing disables them.'}`,
    );
}
