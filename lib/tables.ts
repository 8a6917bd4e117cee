import type { ProfileIndex, Table } from '../functions/shared/config/calls.ts';

/** The attributes of an index, both strings. */
export interface IndexDefinition {
  readonly partitionKey: string;
  readonly sortKey: string;
}

interface TableDefinition {
  /** KEYS_ONLY: in Profiles on attributes that only live profiles carry, elsewhere on what only sessions and tokens of a profile do. */
  readonly indexes?: Readonly<Partial<Record<ProfileIndex | 'byProfile', IndexDefinition>>>;
  readonly timeToLiveAttribute?: string;
  /** Keys of changed items, for the worker. */
  readonly stream?: true;
}

/** Every table's primary key; all key attributes are strings. */
export const primaryKey = { partitionKey: 'pk', sortKey: 'sk' } as const;

/** Whatever stands for one profile, found by it. */
const byProfile: IndexDefinition = { partitionKey: 'profileId', sortKey: 'pk' };

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
  tokens: { indexes: { byProfile }, timeToLiveAttribute: 'expiresAtSeconds' },
  tickets: { indexes: { byProfile }, timeToLiveAttribute: 'expiresAtSeconds' },
};
