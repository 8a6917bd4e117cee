import type { CfnResource } from 'aws-cdk-lib';

/** So many at once API Gateway takes from CloudFormation without "Too Many Requests". */
const ROWS = 15;

/**
 * Rows in which resources are created, each after the one before it: as many at once as there are rows, where CloudFormation would begin with all. They are
 * deleted the other way round.
 */
export class CreationRows {
  readonly #rows: CfnResource[][] = Array.from({ length: ROWS }, () => []);

  /** Puts resources that need one another at the end of the shortest row, in this order. */
  add(resources: readonly CfnResource[]): void {
    const row = this.#rows.reduce((shortest, one) => (one.length < shortest.length ? one : shortest));
    for (const resource of resources) {
      const before = row.at(-1);
      if (before) resource.addResourceDependency(before);
      row.push(resource);
    }
  }

  /** Has a resource come after all that are in the rows. */
  putLast(resource: CfnResource): void {
    for (const row of this.#rows) {
      const before = row.at(-1);
      if (before) resource.addResourceDependency(before);
    }
  }
}
