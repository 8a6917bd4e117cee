import { AsyncLocalStorage } from 'node:async_hooks';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SESClient } from '@aws-sdk/client-ses';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type Call, places } from '../../functions/shared/config/calls.ts';
import { type SettingName, settingTable } from '../../functions/shared/config/settings.ts';
import { dependencies as sweepIntents } from '../../functions/sweep-tenants.ts';
import { dependencies as watchIntents, settings as watchSettings } from '../../functions/watch.ts';
import { type Endpoint, endpoints } from '../../lib/endpoints.ts';
import { callsOf } from '../../lib/intents.ts';
import { localTableNames } from '../../lib/local/environment.ts';
import { environmentNamesOf, isKind, needsOf, placesOf } from '../../lib/needs.ts';
import { saveRecording } from '../run/recordings.ts';

/** What stands around each call of an operation. */
interface Operation {
  readonly name: string;
  readonly declared: readonly Call[];
  /** The environment variables that its function has. */
  readonly variables: ReadonlySet<string>;
}

const SWEEP = 'sweepTenants';
const WATCH = 'watch';

const current = new AsyncLocalStorage<Operation>();
const recorded = new Map<string, Set<string>>();
const violations: string[] = [];

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;
const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The kind of item under a partition key; the text of the key where there is none. */
function kindOf(table: unknown, key: unknown): string {
  const { pk: given } = fieldsOf(key);
  const pk = String(isFields(given) ? given.S : given);
  const kind = Object.keys(places).find((name) => {
    if (!isKind(name) || localTableNames()[places[name].table] !== table) return false;
    const { leadingKey } = places[name];
    return leadingKey.endsWith('*') ? pk.startsWith(leadingKey.slice(0, -1)) : pk === leadingKey;
  });
  return kind ?? `${table} ${pk}`;
}

const transactionVerbs: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

const transactionCalls = (parts: unknown) =>
  listOf(parts).flatMap((part) =>
    Object.entries(fieldsOf(part)).map(([verb, input]) => {
      const { TableName, Key, Item } = fieldsOf(input);
      return `${transactionVerbs[verb] ?? verb} ${kindOf(TableName, Key ?? Item)}`;
    }),
  );

const batchCalls = (requests: unknown) =>
  Object.entries(fieldsOf(requests)).flatMap(([table, request]) =>
    listOf(fieldsOf(request).Keys).map((key) => `Get ${kindOf(table, key)}`),
  );

function queryCall({ TableName, IndexName, ExpressionAttributeValues }: Fields): string {
  if (typeof IndexName === 'string') return `Query ${IndexName}`;
  return `Query ${kindOf(TableName, { pk: fieldsOf(ExpressionAttributeValues)[':pk'] })}`;
}

/** A command as the declarations call it: once for each item that it touches. */
function callsOfCommand(command: string, input: Fields): readonly string[] {
  if (command === 'TransactWrite') return transactionCalls(input.TransactItems);
  if (command === 'BatchGet' || command === 'BatchGetItem') return batchCalls(input.RequestItems);
  if (command === 'Query') return [queryCall(input)];
  if (command === 'SendEmail') return [command];
  if ('Bucket' in input) return [`${command.replace('ListObjectsV2', 'ListObjects')} attachment`];
  const verb = command === 'Get' ? command : `${command}Item`;
  return [`${verb} ${kindOf(input.TableName, input.Key ?? input.Item)}`];
}

/** Throws at once for a call that the operation does not declare; the file's `afterEach` fails the test whatever becomes of that. */
function note(command: unknown): void {
  const operation = current.getStore();
  if (operation === undefined || !isFields(command)) return;
  const name = String(command.constructor.name).replace(/Command$/, '');
  for (const call of callsOfCommand(name, fieldsOf(command.input))) {
    if (!operation.declared.some((declared) => declared === call)) {
      violations.push(`${operation.name}: ${call}`);
      throw new Error(`${operation.name} calls ${call}, which none of its intents declares`);
    }
    recorded.set(operation.name, (recorded.get(operation.name) ?? new Set()).add(call));
  }
}

/** Records every call of the AWS SDK that is made within an operation. */
function installRecorder(): void {
  for (const { prototype } of [DynamoDBDocumentClient, DynamoDBClient, S3Client, SESClient]) {
    const send: unknown = prototype.send;
    if (typeof send !== 'function') throw new Error('The client of the SDK has no send');
    const recording = function (this: unknown, ...parameters: readonly unknown[]) {
      try {
        note(parameters[0]);
      } catch (undeclared) {
        return Promise.reject(undeclared);
      }
      return Reflect.apply(send, this, parameters);
    };
    Object.defineProperty(prototype, 'send', { value: recording, configurable: true });
  }
  const settingVariables = new Set<string>(Object.values(settingTable).map(({ variable }) => variable));
  process.env = new Proxy(process.env, {
    get: (environment, variable, receiver) => {
      const operation = current.getStore();
      const hidden =
        operation !== undefined &&
        typeof variable === 'string' &&
        settingVariables.has(variable) &&
        !operation.variables.has(variable);
      return hidden ? undefined : Reflect.get(environment, variable, receiver);
    },
  });
}

/** What was called and not declared since the last look. */
export const takeViolations = (): readonly string[] => violations.splice(0);

/** What a test does itself while an operation waits is no call of that. */
export const outsideOperations = <Result>(run: () => Promise<Result>): Promise<Result> => current.exit(run);

/** Leaves what this test file recorded beside what is declared, for the comparison at the end of the run. */
function saveRecorded(testFile: string): void {
  if (recorded.size === 0) return;
  const declared = endpoints.map((endpoint) => [endpoint.contract.operationId, needsOf(endpoint).calls]);
  saveRecording(testFile, {
    declared: Object.fromEntries([...declared, [SWEEP, callsOf(sweepIntents)], [WATCH, callsOf(watchIntents)]]),
    recorded: Object.fromEntries([...recorded].map(([name, calls]) => [name, [...calls].sort()])),
  });
}

const variablesOf = (names: readonly SettingName[]) => new Set(names.map((name) => settingTable[name].variable));

/** The endpoint as it is in its function: with no other environment, and no call that its intents do not declare. */
export function asDeployed<Deployed extends Endpoint>(endpoint: Deployed): Deployed {
  const operation: Operation = {
    name: endpoint.contract.operationId,
    declared: needsOf(endpoint).calls,
    variables: variablesOf(environmentNamesOf(endpoint)),
  };
  return { ...endpoint, handler: (event, context) => current.run(operation, () => endpoint.handler(event, context)) };
}

/** A run of the sweep worker as in its function. */
export function asSweepWorker<Result>(run: () => Promise<Result>): Promise<Result> {
  const calls = callsOf(sweepIntents);
  return current.run({ name: SWEEP, declared: calls, variables: variablesOf(placesOf({ calls })) }, run);
}

/** A run of the hourly look as in its function. */
export const asWatch = <Result>(run: () => Promise<Result>): Promise<Result> =>
  current.run({ name: WATCH, declared: callsOf(watchIntents), variables: variablesOf(watchSettings) }, run);

// A test file that imports this has its operations recorded and held to what they declare; a measurement has not.
if (typeof jest !== 'undefined') {
  installRecorder();
  afterEach(() => expect(takeViolations()).toEqual([]));
  afterAll(() => saveRecorded(expect.getState().testPath ?? 'unknown'));
}
