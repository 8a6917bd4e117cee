import { shardOf } from '../../functions/shared/domain/profile/shard.ts';
import { foreignKindOf } from '../../functions/shared/domain/sign-in/checkable-hash.ts';
import type { FirebaseKeys } from '../../functions/shared/domain/sign-in/foreign/firebase-keys.ts';
import { defaultsOf } from '../../functions/shared/domain/tenant/attribute-definitions.ts';
import { indexedFieldsOf } from '../../functions/shared/domain/tenant/indexed-fields.ts';
import { type PendingChange, settle } from '../../functions/shared/domain/tenant/pending-changes.ts';
import type { Tenant } from '../../functions/shared/domain/tenant/tenant.ts';
import type { NewProfile } from '../../functions/shared/repositories/new-profiles.ts';
import { contentOf, passwordOf } from './content.ts';
import type { ProfileRecord } from './records/profile.ts';

const namesOf = ({ attributeDefinitions }: Tenant) => attributeDefinitions.map(({ name }) => name);

/** What a tenant has lost or gained from one version to another, and the changes in between as far as they are still open. */
function changesBetween(before: Tenant, after: Tenant): readonly PendingChange[] {
  const [had, has] = [new Set(namesOf(before)), new Set(namesOf(after))];
  const gained = after.attributeDefinitions.filter(({ name }) => !had.has(name));
  return [
    ...after.pending.filter(({ version }) => version > before.version),
    {
      version: after.version,
      atMs: 0,
      removeRoles: before.availableRoles.filter((role) => !after.availableRoles.includes(role)),
      removeAttributes: [...had].filter((name) => !has.has(name)),
      defaults: defaultsOf({ attributeDefinitions: gained }),
      indexFields: [],
      dropFields: [],
    },
  ];
}

/** A tenant that profiles are imported into. What changes of it while that goes on counts for those that come after, too. */
export class OpenTenant {
  /** Made by this import. */
  readonly isNew: boolean;
  /** What the hashes of Firebase in the files are made with, where these say so. */
  firebaseKeys: FirebaseKeys | undefined;
  readonly #first: Tenant;
  #current: Tenant;
  #changes: readonly PendingChange[] = [];
  /** Kinds of password hashes that the tenant cannot have. */
  #leftOut: ReadonlySet<string> = new Set();
  #notedAtMs = 0;
  /** Undefined attributes are hidden. */
  #defined: ReadonlySet<string>;

  constructor(tenant: Tenant, isNew: boolean) {
    this.isNew = isNew;
    this.#first = tenant;
    this.#current = tenant;
    this.#defined = new Set(namesOf(tenant));
  }

  get tenant(): Tenant {
    return this.#current;
  }

  defines(attribute: string): boolean {
    return this.#defined.has(attribute);
  }

  /** Goes on with the tenant as it is now; false where it is gone, or another one has its name. */
  goOnWith(next: Tenant | undefined): boolean {
    if (next === undefined || next.id !== this.#current.id) return false;
    this.#changes = [...this.#changes, ...changesBetween(this.#current, next)];
    this.#current = next;
    this.#defined = new Set(namesOf(next));
    return true;
  }

  /** When this import noted kinds of hashes last, in epoch milliseconds. */
  get hashesNotedAtMs(): number {
    return this.#notedAtMs;
  }

  /** From now on profiles are stored with hashes of foreign kinds, but for these. */
  takeHashes(leftOut: ReadonlySet<string>, notedAtMs: number): void {
    this.#leftOut = leftOut;
    this.#notedAtMs = notedAtMs;
  }

  /** Whether the tenant can have a hash. */
  takesHash(passwordHash: string): boolean {
    return !this.#leftOut.has(foreignKindOf(passwordHash) ?? '');
  }

  /** The profile of a record, as the tenant's changes since the import began make it. Epochs start from the clock, so that an imported id revives no old session. */
  newProfile(record: ProfileRecord, id: string, nowMs: number): NewProfile {
    const { id: _id, oldId: _oldId, passwordHash: wanted, failedLoginAttempts, lastFailedLoginMs, ...given } = record;
    const passwordHash = wanted !== undefined && this.takesHash(wanted) ? wanted : undefined;
    const follower = { roles: given.roles, attributes: given.attributes, appliedVersion: this.#first.version };
    const settled = settle(follower, { version: this.#current.version, pending: this.#changes });
    const profile = {
      ...given,
      ...settled,
      id,
      tenantId: this.#current.id,
      appliedVersion: this.#current.version,
      shard: shardOf(id, this.#current),
      credentialEpoch: nowMs,
      disableEpoch: nowMs,
      emailEpoch: 0,
      revision: 0,
    };
    return {
      profile,
      credentials: { profileId: id, passwordHash, credentialEpoch: nowMs, failedLoginAttempts, lastFailedLoginMs },
      fields: indexedFieldsOf(this.#current),
      importNote: {
        source: contentOf(given),
        content: contentOf(profile),
        password: passwordOf(wanted),
        credentialEpoch: nowMs,
      },
    };
  }
}
