import type { Attributes, Tenant } from '../model.ts';

/** The attributes of a tenant whose definitions have a default value (contract 6.1.6). */
export const defaultsOf = (tenant: Pick<Tenant, 'attributeDefinitions'>): Attributes =>
  new Map(
    tenant.attributeDefinitions.flatMap(({ name, defaultValue }) =>
      defaultValue === null ? [] : [[name, defaultValue] as const],
    ),
  );
