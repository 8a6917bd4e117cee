import { type AccessToken, hasExpired } from '../../functions/shared/domain/access/access-token.ts';
import { requireOnTenant } from '../../functions/shared/domain/access/permissions.ts';
import type { Profile } from '../../functions/shared/domain/profile/profile.ts';
import type { Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import { listAccessTokens } from '../../functions/shared/repositories/access-tokens.ts';
import { listIdsByCreation } from '../../functions/shared/repositories/profile-lists.ts';
import { findProfile } from '../../functions/shared/repositories/profiles.ts';
import { listTenants } from '../../functions/shared/repositories/tenants.ts';
import { sample } from '../openapi/sample.ts';

/** What of the stored data requests can be tried on; nothing where nothing fits. */
export interface Triable {
  /** Of an access token that may do them. */
  readonly token?: string;
  readonly tenant?: string;
  readonly profileId?: string;
  /** They are the sample data: what else these hold can be tried, too. */
  readonly isSample: boolean;
}

/** Enough to find something in any data, and little to read. */
const MOST_TENANTS = 50;
/** What stands in a shell and in a header as it is. */
const isPlain = (id: string) => /^[\w.~-]+$/.test(id);

function mayTry(token: AccessToken, { name }: Tenant): boolean {
  try {
    requireOnTenant(token, name, 'READ_TENANT', 'MANAGE_PROFILES');
    return true;
  } catch {
    return false;
  }
}

async function firstProfile({ id }: Tenant): Promise<Profile | undefined> {
  for await (const [first] of listIdsByCreation(id, 1)) return first === undefined ? undefined : findProfile(first);
  return undefined;
}

const first = <One>(all: readonly One[], isFirst: (one: One) => boolean): readonly One[] => [
  ...all.filter(isFirst),
  ...all.filter((one) => !isFirst(one)),
];

/** The sample data's token, tenant and profile as long as they are there, else the first that go together. */
export async function findTriable(nowMs: number): Promise<Triable> {
  const tokens = (await listAccessTokens()).filter((token) => isPlain(token.id) && !hasExpired(token, nowMs));
  const inOrder = first(tokens, ({ id }) => id === sample.accessToken);
  const tenants = first(await listTenants(), ({ name }) => name === sample.tenant).slice(0, MOST_TENANTS);
  let withoutProfile: Triable = { isSample: false };
  for (const tenant of tenants) {
    const token = inOrder.find((one) => mayTry(one, tenant));
    if (token === undefined) continue;
    const sampled = tenant.name === sample.tenant ? await findProfile(sample.profileId) : undefined;
    const isSample = sampled?.tenant === tenant.name && token.id === sample.accessToken;
    const profile = isSample ? sampled : await firstProfile(tenant);
    const found = { token: token.id, tenant: tenant.name, isSample };
    if (profile !== undefined) return { ...found, profileId: profile.id };
    if (withoutProfile.token === undefined) withoutProfile = found;
  }
  return withoutProfile;
}
