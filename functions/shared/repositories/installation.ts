import type { AccessToken } from '../domain/access/access-token.ts';
import type { Tenant } from '../domain/tenant/tenant.ts';
import { newAccessTokenItems } from './access-tokens.ts';
import { installationKey, profilesTable } from './dynamodb/keys.ts';
import { transact } from './dynamodb/writes.ts';
import { type NewProfile, newProfileItems } from './new-profiles.ts';
import { newTenantItems } from './tenants.ts';

/** What an installation begins with. */
export interface FirstEntries {
  readonly token: AccessToken;
  /** Absent where there is a tenant already that the administrator belongs to. */
  readonly tenant: Tenant | undefined;
  readonly administrator: NewProfile;
  readonly atMs: number;
}

/**
 * Stores the first access token, tenant and administrator of an installation, all in one transaction with a marker that lets it happen once, or, where
 * asked for, again. `changedMeanwhile` where somebody else made one of them.
 */
export async function bootstrapInstallation(
  { token, tenant, administrator, atMs }: FirstEntries,
  { again }: { readonly again: boolean },
): Promise<'done' | 'bootstrappedAlready' | 'usernameTaken' | 'changedMeanwhile'> {
  const failed = await transact<string>({
    marker: {
      Put: {
        TableName: profilesTable(),
        Item: { ...installationKey, atMs },
        ...(!again && { ConditionExpression: 'attribute_not_exists(pk)' }),
      },
    },
    ...(tenant && newTenantItems(tenant)),
    ...newAccessTokenItems(token),
    ...newProfileItems(administrator),
  });
  if (failed.size === 0) return 'done';
  if (failed.has('marker')) return 'bootstrappedAlready';
  return failed.has('username') ? 'usernameTaken' : 'changedMeanwhile';
}
