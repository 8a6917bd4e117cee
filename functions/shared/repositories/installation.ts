import type { AccessToken } from '../domain/access/access-token.ts';
import type { Tenant } from '../domain/tenant/tenant.ts';
import { accessTokenToItem } from './access-tokens.ts';
import { installationKey, profilesTable, tokensTable } from './dynamodb/keys.ts';
import { type TransactionItem, transact } from './dynamodb/writes.ts';
import { type NewProfile, newProfileItems } from './new-profiles.ts';
import { tenantToItem } from './tenants.ts';

const put = (table: string, item: Record<string, unknown>, isNew = true): TransactionItem => ({
  Put: { TableName: table, Item: item, ...(isNew && { ConditionExpression: 'attribute_not_exists(pk)' }) },
});

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
    marker: put(profilesTable(), { ...installationKey, atMs }, !again),
    ...(tenant && { tenant: put(profilesTable(), tenantToItem(tenant)) }),
    token: put(tokensTable(), accessTokenToItem(token)),
    ...newProfileItems(administrator),
  });
  if (failed.size === 0) return 'done';
  if (failed.has('marker')) return 'bootstrappedAlready';
  return failed.has('username') ? 'usernameTaken' : 'changedMeanwhile';
}
