import { assertThat, invalidRequest } from '../../errors/api-error.ts';
import type { TransactionItem, transact } from '../../repositories/dynamodb/writes.ts';
import { currentTenant, putLogin, takeOverLogin } from '../../repositories/profile-writes.ts';
import type { Profile } from './profile.ts';

/**
 * Writes items together with the username of a profile: one that is free, or left over from an earlier tenant of the same name. Answers which
 * conditions failed: `username` where it is taken, `tenant` where the profile's tenant itself is gone by now, so that what seems left over may
 * be of the one made anew. Only a username that is not free costs this look at the tenant, which would serialise all creates.
 */
export async function transactWithUsername(
  deps: { readonly transact: typeof transact },
  profile: Profile,
  items: Readonly<Record<string, TransactionItem>>,
): Promise<ReadonlySet<string>> {
  const failed = await deps.transact({ ...items, username: putLogin(profile) });
  if (!failed.has('username')) return failed;
  return deps.transact({ ...items, username: takeOverLogin(profile), tenant: currentTenant(profile) });
}

/** What a key of the store can hold (contract 9.1 #54). */
const USERNAME_LIMIT_BYTES = 1024;

/** 400 `OTHER` for a username that is empty or too long. */
export function requireUsername(username: string): void {
  assertThat(username !== '', () => invalidRequest('Parameter "username" is empty'));
  assertThat(Buffer.byteLength(username) <= USERNAME_LIMIT_BYTES, () =>
    invalidRequest(`Parameter "username" is longer than ${USERNAME_LIMIT_BYTES} bytes`),
  );
}
