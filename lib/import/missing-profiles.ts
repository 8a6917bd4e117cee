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
import { listed } from './plural.ts';
import type { Lines } from './rejects-file.ts';
import { loginOf } from './report.ts';
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

/** Why nobody can be told to be missing; undefined where that can be told. */
function whyNotLooked({ report }: Importing, taken: KeySet): string | undefined {
  if (report.hasLostProfiles) return 'some of the files were rejected, and nobody knows which they are here';
  return taken.size === 0 ? 'the files have none' : undefined;
}

/**
 * Lists the profiles that an earlier import brought to the tenants of the files and that are not in the files any more, and disables them where that is asked for. What
 * was made here is none of them, nor what is in the files and was rejected, nor anybody of a tenant of which the files have no profile: they are likely a part of a dump.
 */
export async function listMissing(
  importing: Importing,
  tenants: ImportedTenants,
  taken: KeySet,
  lines: Lines,
): Promise<void> {
  const { report, options } = importing;
  const reason = whyNotLooked(importing, taken);
  if (reason !== undefined) {
    report.say(`Profiles that are here and not in the files are not looked for: ${reason}.`);
    return;
  }
  const { withProfiles, without } = tenants.known;
  if (without.length > 0)
    report.say(
      `Profiles that are here are not looked for in tenants of which the files have none: ${listed(without.map(({ name }) => name))}.`,
    );
  let missing = 0;
  for (const tenant of withProfiles) {
    for await (const page of listIdsByCreation(tenant.id)) {
      const others = page.filter((id) => !taken.has(id) && !report.isLeftBehind(id));
      for (const profile of await broughtOf(others)) {
        if (report.isLeftBehind(loginOf(tenant.name, profile.username))) continue;
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
      `Profiles that an earlier import brought and that are not in the files any more: ${missing}, in ${lines.path}.${options.disableMissing || options.verify ? '' : ' --disable-missing disables them.'}`,
    );
}
