import type { JsonValue } from './values/json.ts';

/** The caller of a request (contract 2.3). */
export interface AccessToken {
  readonly id: string;
  readonly application: string | null;
  readonly master: boolean;
  readonly tenantPermissions: readonly TenantPermission[];
  /** Epoch milliseconds; null: never. */
  readonly expiresOnMs: number | null;
  readonly createdAtMs: number;
}

/** What an access token may do on a tenant, or on `*` (contract 4.2); `allowedActions` null: nothing. */
export interface TenantPermission {
  readonly tenant: string;
  readonly allowedActions: readonly string[] | null;
}

/** What an application, or `*`, may do with an attribute (contract 4.3); `allowedActions` null: nothing. */
export interface AttributePermission {
  readonly application: string;
  readonly allowedActions: readonly string[] | null;
}

/** An attribute that the profiles of a tenant may have (contract 2.2). */
export interface AttributeDefinition {
  readonly name: string;
  readonly metadata: { readonly [key: string]: JsonValue } | null;
  readonly defaultValue: JsonValue;
  readonly permissions: readonly AttributePermission[];
}

/** A change of a tenant that its profiles have to follow (data model, section 4). */
export interface PendingChange {
  /** The tenant's version that the change made. */
  readonly version: number;
  readonly atMs: number;
  readonly removeRoles: readonly string[];
  readonly removeAttributes: readonly string[];
  /** Values for profiles that lack the attribute. */
  readonly defaults: Attributes;
}

/** Contract 2.2. */
export interface Tenant {
  readonly id: string;
  readonly name: string;
  /** Moves by one with every change. */
  readonly version: number;
  readonly createdAtMs: number;
  readonly verifyNewProfiles: boolean;
  readonly ssoEnabled: boolean;
  readonly cleanseAttributes: boolean;
  readonly availableRoles: readonly string[];
  readonly attributeDefinitions: readonly AttributeDefinition[];
  readonly pending: readonly PendingChange[];
}

/** Work on the profiles of a tenant that is open (data model, section 4): follow its changes, or go with it. */
export interface Sweep {
  readonly tenantId: string;
  readonly tenant: string;
  readonly kind: 'settle' | 'delete';
  /** Another one whenever the sweep is opened, saved or begun anew: who writes says which it has seen. */
  readonly revision: string;
  /** How far it is; absent: not begun. */
  readonly pass?: SweepPass | undefined;
}

/** One way through a tenant's profiles in the order of their creation. */
export interface SweepPass {
  /** All, or those made since shortly before the sweep began. */
  readonly scope: 'all' | 'recent';
  /** The tenant's version when the sweep began: what it is about to carry out. */
  readonly version: number;
  readonly beganAtMs: number;
  /** Index key of the last profile that is done. */
  readonly after: string;
  /** Not to be worked on before. */
  readonly dueAtMs: number;
  /** Whether there was anything left to do so far. */
  readonly found: boolean;
}

/** Values by top-level attribute name; a Map, because the names are a stranger's. */
export type Attributes = ReadonlyMap<string, JsonValue>;

/** Contract 2.1, and what ties a profile to its tenant and its sessions. */
export interface Profile {
  readonly id: string;
  readonly tenant: string;
  readonly tenantId: string;
  readonly username: string;
  readonly email: string;
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
}

/** The half of a profile that never leaves. */
export interface Credentials {
  readonly profileId: string;
  /** Absent: the profile has no password. */
  readonly passwordHash?: string | undefined;
  readonly credentialEpoch: number;
  readonly failedLoginAttempts: number;
  readonly lastFailedLoginMs?: number | undefined;
}

/** What a session or token remembers of its profile's epochs. */
export interface Epochs {
  readonly credentialEpoch: number;
  readonly disableEpoch: number;
}

/** What stands for a profile and dies with its epochs. */
export interface BoundToProfile extends Epochs {
  readonly tenant: string;
  readonly profileId: string;
}

/** Contract 2.4. `id` is known to the caller only: storage has its hash. */
export interface Ticket extends BoundToProfile {
  readonly id: string;
  readonly lastRequestTimeMs: number;
}

/** Contract 2.5. */
export interface PersistentLogin extends BoundToProfile {
  readonly id: string;
  readonly token: string;
  readonly timestampMs: number;
}

/** A call that a verification token can serve. */
export type TokenPurpose = 'verify' | 'changePassword';

/** Contract 2.6, and which calls it serves (9.1 #6). */
export interface VerificationToken extends BoundToProfile {
  readonly id: string;
  readonly timestampMs: number;
  readonly purposes: readonly TokenPurpose[];
}

/** An image of a profile (contract 2.7); its bytes are in the bucket. */
export interface Attachment {
  readonly id: string;
  /** Without extension: names the attachment in its profile. */
  readonly fileName: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  /** Hexadecimal. */
  readonly md5: string;
  readonly objectKey: string;
  /** The object that this one took the place of, deleted by then unless that failed. */
  readonly replacedKey?: string | undefined;
}
