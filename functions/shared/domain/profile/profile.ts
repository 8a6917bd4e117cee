import type { Subject } from '../../audit/tally.ts';
import type { WireLine } from '../../config/wire-line.ts';
import { assertThat, invalidEmailAddress } from '../../errors/api-error.ts';
import { defaultsOf } from '../tenant/attribute-definitions.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { isEmailAddress } from '../values/email-address.ts';
import type { Attributes } from '../values/json-text.ts';
import { newObjectId } from '../values/object-id.ts';
import { cleansed } from './cleansing.ts';
import { shardOf } from './shard.ts';

/** Contract 2.1, and what ties a profile to its tenant and its sessions. */
export interface Profile {
  readonly id: string;
  readonly tenant: string;
  readonly tenantId: string;
  readonly username: string;
  /** Null: there is none, which is not the same as an empty one; only imported profiles lack it (contract 8.2). */
  readonly email: string | null;
  readonly verified: boolean;
  readonly enabled: boolean;
  readonly createdAtMs: number;
  readonly lastModifiedMs: number;
  readonly roles: readonly string[];
  readonly attributes: Attributes;
  /** The tenant's version whose changes the stored form has taken in. */
  readonly appliedVersion: number;
  /** Moves with every new password: sessions and tokens of an earlier epoch are dead. */
  readonly credentialEpoch: number;
  /** Moves with every explicit disable: sessions of an earlier epoch are dead. */
  readonly disableEpoch: number;
  /** Moves when the e-mail address becomes another one: what was mailed to an earlier one is dead (contract 9.1 #6). */
  readonly emailEpoch: number;
  /** How many writes there were since it was made, those of the sweep included: as it was read means of the same revision. Never shown. */
  readonly revision: number;
  /** Which part of the tenant's index has its entries; absent: none has, it is from before there was an index. */
  readonly shard?: number | undefined;
  /** When its verification mail was refused; absent: it was not, or that was worked off. Never shown. */
  readonly mailRefusedAtMs?: number | undefined;
}

/** What the audit trail says of a profile. */
export const subjectOf = ({ tenant, id, username }: Profile): Subject => ({ tenant, profileId: id, username });

/** 400 `INVALID_EMAIL_ADDRESS` (contract 6.11). */
export const requireEmailAddress = (email: string) =>
  assertThat(isEmailAddress(email), () => invalidEmailAddress(email));

interface Wanted {
  readonly username: string;
  readonly email: string;
  readonly enabled: boolean;
  readonly roles: readonly string[];
  /** Without nulls. */
  readonly attributes: Attributes;
}

/** A new profile of the tenant: defaults, overlaid with what is given, cleansed (contract 5.17, step 7). */
export function newProfile(tenant: Tenant, wanted: Wanted, line: WireLine, nowMs: number): Profile {
  const attributes = cleansed(new Map([...defaultsOf(tenant), ...wanted.attributes]), tenant, line);
  const id = newObjectId(nowMs);
  return {
    id,
    tenant: tenant.name,
    tenantId: tenant.id,
    username: wanted.username,
    email: wanted.email,
    verified: false,
    enabled: wanted.enabled,
    createdAtMs: nowMs,
    lastModifiedMs: nowMs,
    roles: [...new Set(wanted.roles)],
    attributes,
    appliedVersion: tenant.version,
    credentialEpoch: nowMs,
    disableEpoch: nowMs,
    emailEpoch: 0,
    revision: 0,
    shard: shardOf(id, tenant),
  };
}
