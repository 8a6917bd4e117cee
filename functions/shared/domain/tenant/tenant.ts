import type { WireLine } from '../../config/wire-line.ts';
import { assertThat, invalidRequest } from '../../errors/api-error.ts';
import { requireWellFormed } from '../values/json.ts';
import { newObjectId } from '../values/object-id.ts';
import { isPathSegment, requirePathSegment } from '../values/path-segment.ts';
import { type AttributeDefinition, definitionsOf, type WantedDefinition } from './attribute-definitions.ts';
import { requireIndexable } from './indexed-fields.ts';
import type { PendingChange } from './pending-changes.ts';

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
  /** Over how many partitions its index is spread; absent: from before there was an index. */
  readonly shards?: number | undefined;
  /** Kinds of password hashes of other identity stores that its profiles may have; absent: none (data model, section 5). */
  readonly foreignHashes?: readonly string[] | undefined;
}

/** Of the encoded name (contract 9.1 #54). */
const NAME_LIMIT_BYTES = 512;

/** A tenant as it is asked for. */
interface WantedTenant extends Pick<Tenant, 'verifyNewProfiles' | 'ssoEnabled' | 'availableRoles'> {
  readonly name: string | null;
  readonly cleanseAttributes?: boolean | null | undefined;
  readonly attributeDefinitions: readonly WantedDefinition[];
}

/** In the permissions of an access token it stands for every tenant (contract 4.2). */
const WILDCARD = '*';

/** Whether a new tenant may be called so: a path can carry the name, and permissions can mean it alone. */
export const isTenantName = (name: string): boolean => isPathSegment(name) && name !== WILDCARD;

/** 400 `OTHER` for a name that is blank or longer than the store's keys (contract 5.5, 9.1 #54). */
function requireStorableName(name: string | null): string {
  assertThat(name !== null && name.trim() !== '', () => invalidRequest('The name of the tenant is missing'));
  requireWellFormed(name, 'The name of the tenant');
  assertThat(encodeURIComponent(name).length <= NAME_LIMIT_BYTES, () =>
    invalidRequest(`The encoded name of a tenant is longer than ${NAME_LIMIT_BYTES} bytes`),
  );
  return name;
}

/** 400 `OTHER` for the field `cleanseAttributes`, whatever its value, on a wire line that does not know it (contract 11). */
export const requireKnownFields = (wanted: Pick<WantedTenant, 'cleanseAttributes'>, line: WireLine) =>
  assertThat(line.cleansing || wanted.cleanseAttributes === undefined, () =>
    invalidRequest('The body has unknown property "cleanseAttributes"'),
  );

/** No name of an attribute is known yet. */
const none = () => false;

/**
 * A tenant as wanted, under a name that an older server may have given; 400 `OTHER` for what the store cannot hold.
 *
 * @param isKnown names of attributes that are defined elsewhere already, by an earlier rule perhaps
 */
export function tenantWith(wanted: WantedTenant, nowMs: number, isKnown: (name: string) => boolean = none): Tenant {
  return {
    id: newObjectId(nowMs),
    name: requireStorableName(wanted.name),
    version: 1,
    createdAtMs: nowMs,
    verifyNewProfiles: wanted.verifyNewProfiles,
    ssoEnabled: wanted.ssoEnabled,
    cleanseAttributes: wanted.cleanseAttributes ?? true,
    availableRoles: [...new Set(wanted.availableRoles)],
    attributeDefinitions: definitionsOf(wanted.attributeDefinitions, isKnown),
    pending: [],
    shards: 1,
  };
}

/** A new tenant (contract 5.5); 400 `OTHER` for a name that is no `isTenantName`. */
export function newTenant(wanted: WantedTenant, nowMs: number): Tenant {
  const tenant = tenantWith(wanted, nowMs);
  requirePathSegment(tenant.name, 'The name of a tenant');
  requireIndexable(tenant.attributeDefinitions, []);
  assertThat(tenant.name !== WILDCARD, () =>
    invalidRequest(`The name of a tenant must not be "${WILDCARD}": it means every tenant`),
  );
  return tenant;
}
