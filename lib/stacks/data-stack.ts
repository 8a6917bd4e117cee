import { CfnOutput, RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Table } from '../../functions/shared/config/calls.ts';
import { AttachmentsBucket } from '../constructs/attachments-bucket.ts';
import { EnvironmentStack } from '../constructs/environment-stack.ts';
import { FunctionLog } from '../constructs/function-log.ts';
import { StoredTable } from '../constructs/stored-table.ts';
import { functionLogOf } from '../log-groups.ts';
import { pascal } from '../needs.ts';
import { isLasting, type Options } from '../options.ts';
import { exportNameOf, type Storage, type Stored } from '../storage.ts';

/** Everything that must outlive a deployment of code: the three tables, the bucket of attachments and the log with the audit trail. */
export class DataStack extends EnvironmentStack {
  readonly storage: Storage;
  readonly #stage: string;

  constructor(scope: Construct, options: Options) {
    super(scope, { options, part: 'Data', description: 'Serverless Profile: tables and attachments' });
    this.#stage = options.stage;
    // A first creation that fails leaves nothing behind, which the next one would find in its way.
    const removalPolicy = isLasting(options.stage) ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
    const table = (name: Table, backedUp: boolean) =>
      new StoredTable(this, `${pascal(name)}Table`, { table: name, backedUp, removalPolicy });

    const profiles = table('profiles', true);
    const tokens = table('tokens', true);
    const tickets = table('tickets', false);
    const bucket = new AttachmentsBucket(this, 'AttachmentsBucket', { removalPolicy });

    const log = new FunctionLog(this, 'FunctionLog', { ...options, removalPolicy });

    this.storage = {
      tables: {
        profiles: this.#stored('ProfilesTable', profiles.tableName, profiles.tableArn),
        tokens: this.#stored('TokensTable', tokens.tableName, tokens.tableArn),
        tickets: this.#stored('TicketsTable', tickets.tableName, tickets.tableArn),
      },
      profilesStreamArn: this.#share('ProfilesStreamArn', profiles.streamArn),
      attachments: this.#stored('AttachmentsBucket', bucket.bucketName, bucket.bucketArn),
      log: { name: functionLogOf(options.stage), arn: this.#share('FunctionLogArn', log.logGroupArn) },
    };
  }

  #stored(name: string, itsName: string, arn: string): Stored {
    return { name: this.#share(`${name}Name`, itsName), arn: this.#share(`${name}Arn`, arn) };
  }

  /** Makes an output of the value; gives it as other stacks get it. */
  #share(name: string, value: string): string {
    return new CfnOutput(this, name, { value, exportName: exportNameOf(this.#stage, name) }).importValue;
  }
}
