import { type CloudFormationClient, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import type { DeployedStack } from './deployed-stack.ts';

/** The outputs that name the tables which refuse to be deleted: sessions do without. */
const protectedTables = ['ProfilesTableName', 'TokensTableName'];

/**
 * Makes the stacks and the tables of a lasting stage refuse to be deleted. After the first success, not before: a deployment that fails could not be
 * repeated with them. Doing it again changes nothing.
 */
export async function protect(client: CloudFormationClient, stacks: readonly DeployedStack[]): Promise<void> {
  for (const { name } of stacks.filter(({ isProtected }) => !isProtected))
    await client.send(new UpdateTerminationProtectionCommand({ StackName: name, EnableTerminationProtection: true }));
  const dynamoDb = new DynamoDBClient();
  const names = stacks.flatMap(({ outputs }) => protectedTables.flatMap((output) => outputs[output] ?? []));
  for (const TableName of names)
    await dynamoDb.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true }));
}
