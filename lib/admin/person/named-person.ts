import { findPresent } from '../../../functions/shared/domain/profile/load-profile.ts';
import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import type { Tenant } from '../../../functions/shared/domain/tenant/tenant.ts';
import { isObjectId } from '../../../functions/shared/domain/values/object-id.ts';
import { findProfile } from '../../../functions/shared/repositories/profiles.ts';
import { findTenant } from '../../../functions/shared/repositories/tenants.ts';
import { findUsername } from '../../../functions/shared/repositories/usernames.ts';
import { UsageError } from '../../usage-error.ts';
import { printable } from '../printable.ts';

/** How an operator names a person: by tenant and username, or by the id of the profile. */
export interface PersonName {
  readonly tenant?: string | undefined;
  readonly username?: string | undefined;
  readonly profile?: string | undefined;
}

/** A person whose profile is there. */
export interface Person {
  /** As stored. */
  readonly stored: Profile;
  /** As every reader sees it. */
  readonly profile: Profile;
  readonly tenant: Tenant;
}

/** Throws a `UsageError` where it names nobody, or two. */
export function requirePersonName({ tenant, username, profile }: PersonName): void {
  if (profile === undefined && (tenant === undefined || username === undefined))
    throw new UsageError('Who? Give --tenant and --username, or --profile');
  if (profile !== undefined && (tenant !== undefined || username !== undefined))
    throw new UsageError('--profile names one person, and --tenant and --username another: give one of them');
  if (profile !== undefined && !isObjectId(profile))
    throw new UsageError(
      `--profile ${JSON.stringify(profile)} is no id of a profile: it has 24 digits, 0 to 9 and a to f`,
    );
}

/** In a sentence. */
export const personText = ({ tenant, username, profile }: PersonName): string =>
  printable(
    profile === undefined
      ? `user ${JSON.stringify(username)} of tenant ${JSON.stringify(tenant)}`
      : `profile ${profile.toLowerCase()}`,
  );

/** Undefined where there is no such person. */
export async function findPerson({ tenant, username, profile }: PersonName): Promise<Person | undefined> {
  const id = profile ?? (await findUsername(tenant ?? '', username ?? ''))?.profileId;
  return id === undefined ? undefined : findPresent({ findProfile, findTenant }, id);
}

/** Rejects where there is no such person. */
export async function namedPerson(name: PersonName): Promise<Person> {
  const person = await findPerson(name);
  if (person === undefined) throw new Error(`There is no ${personText(name)}`);
  return person;
}
