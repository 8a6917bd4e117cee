import type { Tenant } from '../../../functions/shared/domain/tenant/tenant.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../functions/shared/domain/values/json.ts';
import { UsageError } from '../../usage-error.ts';

/** How many a tenant may have (contract 9.1 #54). */
const MOST_DEFINITIONS = 250;
/** More roles than these are no roles, but something of each user. */
const MOST_ROLES = 1000;

/** A tenant that is here already, as a document of the old server; its id is nobody's concern. */
const documentOf = (tenant: Tenant): JsonObject => ({
  name: tenant.name,
  verifyNewProfiles: tenant.verifyNewProfiles,
  ssoEnabled: tenant.ssoEnabled,
  cleanseAttributes: tenant.cleanseAttributes,
  attributeDefinitions: tenant.attributeDefinitions.map(({ name, metadata, defaultValue, permissions }) => ({
    name,
    metadata,
    defaultValue,
    permissions: permissions.map(({ application, allowedActions }) => ({ application, allowedActions })),
  })),
});

const definition = (name: string, isComplex: boolean, displayOrder: number): JsonObject => ({
  name,
  metadata: { label: name, type: isComplex ? 'COMPLEX' : 'TEXT', displayOrder },
  permissions: [{ application: '*', allowedActions: ['*'] }],
});

const isComplex = (value: JsonValue) => Array.isArray(value) || isJsonObject(value);

/** Gathers what the tenant of another store's users needs: their roles, and definitions of their attributes. */
export class NeededTenant {
  readonly #roles = new Set<string>();
  /** Whether any value of the attribute is more than text. */
  readonly #attributes = new Map<string, boolean>();
  readonly #existing: Tenant | undefined;
  readonly #defined: ReadonlySet<string>;
  readonly #name: string;
  readonly #makesDefinitions: boolean;

  constructor(name: string, existing: Tenant | undefined, makesDefinitions: boolean) {
    this.#name = name;
    this.#existing = existing;
    this.#defined = new Set(existing?.attributeDefinitions.map(({ name: defined }) => defined));
    this.#makesDefinitions = makesDefinitions;
    for (const role of existing?.availableRoles ?? []) this.#roles.add(role);
  }

  /** Hears of a profile that the tenant is to have. Throws a `UsageError` where its attributes are more than a tenant can define. */
  hear({ roles, attributes }: JsonObject): void {
    for (const role of Array.isArray(roles) ? roles : [])
      if (typeof role === 'string' && this.#roles.size < MOST_ROLES) this.#roles.add(role);
    if (this.#makesDefinitions && isJsonObject(attributes)) this.#define(attributes);
  }

  #define(attributes: JsonObject): void {
    for (const [name, value] of Object.entries(attributes)) {
      if (!this.#defined.has(name)) this.#attributes.set(name, isComplex(value) || this.#attributes.get(name) === true);
    }
    if (this.#defined.size + this.#attributes.size > MOST_DEFINITIONS)
      throw new UsageError(
        `The users have more attributes than the ${MOST_DEFINITIONS} that a tenant can define: define those that you need by hand, and import without --make-definitions (the others are stored, hidden), or leave some out of the export`,
      );
  }

  get document(): JsonObject {
    const existing = this.#existing && documentOf(this.#existing);
    const known = existing?.attributeDefinitions;
    const ofExisting = Array.isArray(known) ? known : [];
    const made = [...this.#attributes].map(([name, complex], at) => definition(name, complex, ofExisting.length + at));
    return {
      name: this.#name,
      cleanseAttributes: true,
      ...existing,
      availableRoles: [...this.#roles],
      attributeDefinitions: [...ofExisting, ...made],
    };
  }
}
