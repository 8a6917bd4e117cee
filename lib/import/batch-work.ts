import type { Importing } from './importing.ts';
import type { OpenTenant } from './open-tenant.ts';
import type { Found } from './read-records.ts';
import type { ProfileRecord } from './records/profile.ts';

export type FoundProfile = Found<ProfileRecord>;

/** Why profiles are rejected. */
export const TENANT_GONE = 'its tenant was deleted while the import went on';

/** What is known of work on a batch beside the report. */
export interface BatchWork {
  readonly importing: Importing;
  readonly tenant: OpenTenant;
  /** Transactions at a time. */
  readonly atATime: number;
  /** Whether anybody can have been there before: what cannot be is not asked for. */
  readonly looksFirst: boolean;
  /** Hears of profiles that are taken under an id, and of the units that writing them takes. */
  readonly taken: (found: FoundProfile, id: string, writeUnits: number) => void;
}
