import { asIndexed } from '../../functions/shared/domain/profile/indexed-profile.ts';
import { changesAddress } from '../../functions/shared/domain/profile/profile-change.ts';
import { replaceImported, type StoredWithNote } from '../../functions/shared/repositories/import-notes.ts';
import type { NewProfile } from '../../functions/shared/repositories/new-profiles.ts';
import { type BatchWork, type FoundProfile, TENANT_GONE } from './batch-work.ts';
import { writes } from './importing.ts';
import { requireFitting } from './item-size.ts';
import { noteHashes, tellLeftOut } from './note-hashes.ts';
import { attempt } from './read-records.ts';

/** What takes the stored one's place: its counters go on, and whatever of it became another one ends what rested on that. */
function nextOf({ profile, credentials, note }: StoredWithNote, wanted: NewProfile): NewProfile {
  const isOtherPassword = wanted.importNote?.password !== note?.password;
  const credentialEpoch = credentials.credentialEpoch + (isOtherPassword ? 1 : 0);
  const isDisabled = profile.enabled && !wanted.profile.enabled;
  const hash = isOtherPassword ? wanted.credentials.passwordHash : credentials.passwordHash;
  return {
    ...wanted,
    profile: {
      ...wanted.profile,
      createdAtMs: profile.createdAtMs,
      shard: profile.shard ?? wanted.profile.shard,
      credentialEpoch,
      disableEpoch: profile.disableEpoch + (isDisabled ? 1 : 0),
      emailEpoch: profile.emailEpoch + (changesAddress(profile, { email: wanted.profile.email }) ? 1 : 0),
      revision: profile.revision + 1,
    },
    credentials: { ...credentials, passwordHash: hash, credentialEpoch },
    ...(wanted.importNote && { importNote: { ...wanted.importNote, credentialEpoch } }),
  };
}

/** Replaces a stored profile that nobody touched here by what the files have of it by now. */
export async function replaceProfile(
  work: BatchWork,
  { record, origin }: FoundProfile,
  stored: StoredWithNote,
): Promise<void> {
  const { importing, tenant } = work;
  const { report, nowMs } = importing;
  while (await noteHashes(work, [record.passwordHash]))
    if (!tenant.goOnWith(await importing.stored.findTenant(tenant.tenant.name)))
      return report.reject(origin, 'tenant', TENANT_GONE);
  const { profile, credentials } = stored;
  const next = attempt(report, origin, () => {
    const wanted = nextOf(stored, tenant.newProfile(record, profile.id, nowMs));
    requireFitting(wanted);
    return wanted;
  });
  if (next === undefined) return;
  const read = { ...asIndexed(profile, tenant.tenant), credentials };
  if (!writes(importing) || (await replaceImported(tenant.tenant, read, next))) {
    report.count('profile', 'replaced');
    tellLeftOut(work, record.passwordHash);
  } else
    report.reject(
      origin,
      undefined,
      'was changed here while the import went on, or its username is taken: import once more',
    );
}
