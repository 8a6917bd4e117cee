import { type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { Table as TableName } from '../../functions/shared/config/calls.ts';
import { primaryKey, tableDefinitions } from '../tables.ts';

export interface StoredTableProps {
  readonly table: TableName;
  readonly removalPolicy: RemovalPolicy;
  /** Point-in-time recovery; sessions do without. */
  readonly backedUp: boolean;
}

const text = (name: string) => ({ name, type: AttributeType.STRING });

/**
 * A table as `lib/tables.ts` defines it, on demand, with every index from the start. `npm run deploy` protects it from deletion after its first success, which is
 * no part of the template: a deployment that fails could not be repeated with it.
 */
export class StoredTable extends Table {
  constructor(scope: Construct, id: string, { table, removalPolicy, backedUp }: StoredTableProps) {
    const { indexes, stream, timeToLiveAttribute } = tableDefinitions[table];
    super(scope, id, {
      partitionKey: text(primaryKey.partitionKey),
      sortKey: text(primaryKey.sortKey),
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: backedUp },
      removalPolicy,
      ...(stream && { stream: StreamViewType.KEYS_ONLY }),
      ...(timeToLiveAttribute && { timeToLiveAttribute }),
    });
    for (const [indexName, { partitionKey, sortKey }] of indexes ? Object.entries(indexes) : [])
      this.addGlobalSecondaryIndex({
        indexName,
        partitionKey: text(partitionKey),
        sortKey: text(sortKey),
        projectionType: ProjectionType.KEYS_ONLY,
      });
    if (!backedUp)
      Validations.of(this).acknowledge({
        id: 'AwsSolutions-DDB3',
        reason: 'Sessions live for minutes or days; after a loss users sign in again, and old ones must not come back.',
      });
  }

  get streamArn(): string {
    if (this.tableStreamArn === undefined) throw new Error(`${this.node.id} has no stream`);
    return this.tableStreamArn;
  }
}
