import type { AccessToken } from '../../functions/shared/domain/access/access-token.ts';
import type { Attachment } from '../../functions/shared/domain/attachment/attachment-file.ts';
import type { Profile } from '../../functions/shared/domain/profile/profile.ts';
import type { Sweep } from '../../functions/shared/domain/sweep/sweep.ts';
import type { Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import { createAccessToken, findAccessToken } from '../../functions/shared/repositories/access-tokens.ts';
import { findAttachment } from '../../functions/shared/repositories/attachments.ts';
import { findWithNotes, idsTaken, type StoredWithNote } from '../../functions/shared/repositories/import-notes.ts';
import { findProfile } from '../../functions/shared/repositories/profiles.ts';
import { listSweeps } from '../../functions/shared/repositories/sweeps.ts';
import { createTenant, findTenant, tenantIds } from '../../functions/shared/repositories/tenants.ts';
import { findUsernames, type UsernameOwner } from '../../functions/shared/repositories/usernames.ts';

/** What an import asks an installation. */
export interface ImportSource {
  findTenant(name: string): Promise<Tenant | undefined>;
  /** Of every tenant, by its name. */
  tenantIds(): Promise<ReadonlyMap<string, string>>;
  listSweeps(): Promise<readonly Sweep[]>;
  findAccessToken(id: string): Promise<AccessToken | undefined>;
  findUsernames(tenant: string, usernames: readonly string[]): Promise<ReadonlyMap<string, UsernameOwner>>;
  findWithNotes(ids: readonly string[]): Promise<ReadonlyMap<string, StoredWithNote>>;
  idsTaken(ids: readonly string[]): Promise<ReadonlySet<string>>;
  findProfile(id: string): Promise<Profile | undefined>;
  findAttachment(profileId: string, fileName: string): Promise<Attachment | undefined>;
}

/** The installation that the environment names. */
export const installation = {
  findTenant,
  tenantIds,
  listSweeps,
  findAccessToken,
  findUsernames,
  findWithNotes,
  idsTaken,
  findProfile,
  findAttachment,
  createTenant,
  createAccessToken,
} satisfies ImportSource & Record<string, unknown>;

/** One that is not there yet, and will be empty. */
export const emptyInstallation: ImportSource = {
  findTenant: () => Promise.resolve(undefined),
  tenantIds: () => Promise.resolve(new Map()),
  listSweeps: () => Promise.resolve([]),
  findAccessToken: () => Promise.resolve(undefined),
  findUsernames: () => Promise.resolve(new Map()),
  findWithNotes: () => Promise.resolve(new Map()),
  idsTaken: () => Promise.resolve(new Set()),
  findProfile: () => Promise.resolve(undefined),
  findAttachment: () => Promise.resolve(undefined),
};
