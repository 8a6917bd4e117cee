import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AttributeValue, BatchWriteItemCommand, DeleteTableCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { EJSON } from 'bson';
import { forgetSettings } from '../functions/shared/config/configuration.ts';
import { plainClient } from '../functions/shared/repositories/dynamodb/client.ts';
import { openSource } from '../lib/import/read/open-source.ts';
import { runImport } from '../lib/import/run-import.ts';
import { localTableNames } from '../lib/local/environment.ts';
import { createTables } from '../lib/local/tables.ts';
import { ownTableNames, startLocalApi } from '../test/support/local-api.ts';
import { manyProfiles, manyTenants } from '../test/support/many-documents.ts';
import { dumpOf, writeFiles } from '../test/support/mongodump.ts';
import { median, table } from './statistics.ts';

const SIZE = Number(process.env.IMPORTS_PROFILES ?? 5000);
const ROUNDS = Number(process.env.IMPORTS_ROUNDS ?? 7);
/** What makes the bare loop fastest. */
const PARALLEL = 4;
const BATCH_ITEMS = 25;

type Item = Record<string, AttributeValue>;

const documents = { profiles: SIZE, tenants: 1 };
const directory = mkdtempSync(join(tmpdir(), 'bench-'));

/** The same documents as both tools of the database write them. */
function writeSources(): Readonly<Record<string, string>> {
  const [tenant, profile] = [manyTenants(documents), [...manyProfiles(documents)]];
  writeFiles(directory, dumpOf('bson', { tenant, profile }));
  const folder = join(directory, 'lines');
  mkdirSync(folder);
  const linesOf = (all: readonly object[]) => all.map((one) => `${EJSON.stringify(one)}\n`).join('');
  writeFileSync(join(folder, 'tenant.json'), linesOf(tenant));
  writeFileSync(join(folder, 'profile.json'), linesOf(profile));
  return { 'JSON lines': folder, BSON: join(directory, 'bson') };
}

const api = await startLocalApi();
const endpoint = process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '';
/** Without what the SDK does for loggers that nobody has given: the base is as fast as it can be. */
const client = plainClient();

/** Empty tables, in place of those that there were. */
async function renewTables(): Promise<void> {
  for (const TableName of Object.values(localTableNames())) await client.send(new DeleteTableCommand({ TableName }));
  Object.assign(process.env, ownTableNames());
  forgetSettings();
  await createTables(endpoint, localTableNames());
}

/** Everything that an import has stored but its tenant. */
async function storedItems(): Promise<readonly Item[]> {
  const items: Item[] = [];
  const TableName = localTableNames().profiles;
  let from: Item | undefined;
  do {
    const page = await client.send(new ScanCommand({ TableName, ExclusiveStartKey: from }));
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return items.filter(({ pk }) => !pk?.S?.startsWith('TENANT'));
}

/** Profiles a second. */
async function rateOf(work: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await work();
  return (1000 * SIZE) / (performance.now() - startMs);
}

async function importFrom(path: string): Promise<void> {
  const { report } = await runImport(await openSource([path], {}));
  if (report.of('profile', 'imported') !== SIZE) throw new Error(`Not all of ${path} was imported`);
}

async function writeBare(items: readonly Item[]): Promise<void> {
  const TableName = localTableNames().profiles;
  let next = 0;
  const writer = async () => {
    while (next < items.length) {
      const batch = items.slice(next, next + BATCH_ITEMS);
      next += BATCH_ITEMS;
      const RequestItems = { [TableName]: batch.map((Item) => ({ PutRequest: { Item } })) };
      const { UnprocessedItems } = await client.send(new BatchWriteItemCommand({ RequestItems }));
      if (Object.keys(UnprocessedItems ?? {}).length > 0) throw new Error('The store did not take all');
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, writer));
}

const sources = writeSources();
const rates = new Map<string, number[]>();
const measure = async (name: string, work: () => Promise<void>) => {
  await renewTables();
  const rate = await rateOf(work);
  rates.set(name, [...(rates.get(name) ?? []), rate]);
};
const BARE = 'bare BatchWriteItem of the same items';
let items: readonly Item[] = [];
for (let round = 0; round <= ROUNDS; round++) {
  for (const [kind, path] of Object.entries(sources)) await measure(`import of ${kind}`, () => importFrom(path));
  items = items.length === 0 ? await storedItems() : items;
  await measure(BARE, () => writeBare(items));
  // Until all is compiled.
  if (round === 0) rates.clear();
}
const bare = rates.get(BARE) ?? [];
console.log(
  table(
    [`${SIZE.toLocaleString('en')} profiles, ${(items.length / SIZE).toFixed(1)} items each`, 'profiles/s', 'ratio'],
    // Of each round by itself: they are minutes apart, and the machine may be another one by then.
    [...rates].map(([name, all]) => [
      name,
      median(all).toFixed(0),
      median(all.map((rate, round) => rate / (bare[round] ?? Number.NaN))).toFixed(2),
    ]),
  ),
);
rmSync(directory, { recursive: true });
await api.stop();
process.exit(0);
