import type { ProfileIndex, Table } from '../functions/shared/config/calls.ts';

interface IndexDefinition {
  readonly partitionKey: string;
  readonly sortKey: string;
}

interface TableDefinition {
  /** KEYS_ONLY, on attributes that only live profiles carry. */
  readonly indexes?: Readonly<Record<ProfileIndex, IndexDefinition>>;
  readonly timeToLiveAttribute?: string;
  /** Keys of changed items, for the worker. */
  readonly stream?: true;
}

/** Every table's primary key; all key attributes are strings. */
export const primaryKey = { partitionKey: 'pk', sortKey: 'sk' } as const;

/** The three tables (data model, section 1), for the data stack and for the local stack alike. */
export const tableDefinitions: Readonly<Record<Table, TableDefinition>> = {
  profiles: {
    indexes: {
      byTenant: { partitionKey: 'tenantId', sortKey: 'createdKey' },
      byUsername: { partitionKey: 'tenantId', sortKey: 'username' },
      byEmail: { partitionKey: 'emailKey', sortKey: 'createdKey' },
      byEmailOrder: { partitionKey: 'tenantId', sortKey: 'emailOrderKey' },
    },
    stream: true,
  },
  tokens: { timeToLiveAttribute: 'expiresAtSeconds' },
  tickets: { timeToLiveAttribute: 'expiresAtSeconds' },
};
