import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { Profile } from '../../functions/shared/domain/profile/profile.ts';
import type { Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import { newObjectId } from '../../functions/shared/domain/values/object-id.ts';
import { credentialsToItem } from '../../functions/shared/repositories/credentials.ts';
import { documentClient } from '../../functions/shared/repositories/dynamodb/client.ts';
import { profilesTable } from '../../functions/shared/repositories/dynamodb/keys.ts';
import { entryKeysOf } from '../../functions/shared/repositories/index-entries.ts';
import { profileToItem } from '../../functions/shared/repositories/profiles.ts';
import { usernameToItem } from '../../functions/shared/repositories/usernames.ts';
import { outsideOperations } from './recorded-calls.ts';

const BATCH_SIZE = 25;
const PARALLEL_BATCHES = 4;

/** A profile of the tenant as it stands: one an hour ago, and each a millisecond after the one before. */
export function profileOfTenant(tenant: Tenant, index: number, partial: Partial<Profile> = {}): Profile {
  const createdAtMs = Date.now() - 3_600_000 + index;
  return {
    id: newObjectId(createdAtMs),
    tenant: tenant.name,
    tenantId: tenant.id,
    username: `user${index}`,
    email: `user${index}@example.com`,
    verified: true,
    enabled: true,
    createdAtMs,
    lastModifiedMs: createdAtMs,
    roles: [],
    attributes: new Map(),
    appliedVersion: tenant.version,
    credentialEpoch: createdAtMs,
    disableEpoch: createdAtMs,
    emailEpoch: 0,
    revision: 0,
    shard: tenant.shards && 0,
    ...partial,
  };
}

function itemsOf(profile: Profile, fields: readonly string[]): Record<string, unknown>[] {
  const { id, credentialEpoch } = profile;
  const credentials = { profileId: id, passwordHash: undefined, credentialEpoch, failedLoginAttempts: 0 };
  const entries = [...entryKeysOf({ profile, fields }).values()].map((key) => ({ ...key }));
  return [profileToItem(profile), credentialsToItem(credentials), usernameToItem(profile), ...entries];
}

async function writeBatch(items: readonly Record<string, unknown>[]): Promise<void> {
  const table = profilesTable();
  let open = items.map((Item) => ({ PutRequest: { Item } }));
  while (open.length > 0) {
    const command = new BatchWriteCommand({ RequestItems: { [table]: open } });
    const answer = await outsideOperations(() => documentClient().send(command));
    open = (answer.UnprocessedItems?.[table] ?? []).flatMap(({ PutRequest }) =>
      PutRequest?.Item ? [{ PutRequest: { Item: PutRequest.Item } }] : [],
    );
  }
}

/** Profiles with credentials, usernames and their entries of these fields straight into the table, fast: any number of them. */
export async function loadProfiles(profiles: readonly Profile[], fields: readonly string[] = ['roles']): Promise<void> {
  const items = profiles.flatMap((profile) => itemsOf(profile, fields));
  for (let from = 0; from < items.length; from += BATCH_SIZE * PARALLEL_BATCHES) {
    const starts = Array.from({ length: PARALLEL_BATCHES }, (_, batch) => from + batch * BATCH_SIZE);
    await Promise.all(starts.map((start) => writeBatch(items.slice(start, start + BATCH_SIZE))));
  }
}
