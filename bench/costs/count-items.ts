import type { Table } from '../../functions/shared/config/calls.ts';
import { tableDefinitions } from '../../lib/tables.ts';
import { exampleCases, prepareExample, seedExamples } from '../../test/support/examples.ts';
import type { LocalApi } from '../../test/support/local-api.ts';
import type { Measurements } from './data.ts';
import { itemBytes } from './item-size.ts';

type Item = Readonly<Record<string, unknown>>;

/** How the items of a user are told from one another, and whether their table has point-in-time recovery. */
const kinds: Readonly<Record<string, { table: Table; key: RegExp; backedUp: boolean }>> = {
  profile: { table: 'profiles', key: /^PROFILE#.* PROFILE$/, backedUp: true },
  credentials: { table: 'profiles', key: / CREDENTIALS$/, backedUp: true },
  username: { table: 'profiles', key: /^LOGIN#/, backedUp: true },
  indexEntry: { table: 'profiles', key: /^INDEX#/, backedUp: true },
  attachment: { table: 'profiles', key: / ATTACHMENT#/, backedUp: true },
  verificationToken: { table: 'tokens', key: /^VERIFICATION#/, backedUp: true },
  ticket: { table: 'tickets', key: /^TICKET#/, backedUp: false },
  persistentLogin: { table: 'tickets', key: /^PERSISTENT_LOGIN#/, backedUp: false },
};

/** Bytes of the entries that an item has in the indexes of its table: keys of both. */
function indexEntriesOf(table: Table, item: Item): Record<string, number> {
  const entries = Object.entries(tableDefinitions[table].indexes ?? {}).flatMap(
    ([index, { partitionKey, sortKey }]) => {
      const names = ['pk', 'sk', partitionKey, sortKey];
      if (names.some((name) => item[name] === undefined)) return [];
      return [[index, itemBytes(Object.fromEntries(names.map((name) => [name, item[name]])))] as const];
    },
  );
  return Object.fromEntries(entries);
}

/** Sizes of what is stored of a user of the sample data: of each kind the largest. */
export async function countItems(api: LocalApi): Promise<Measurements['items']> {
  const withAttachment = exampleCases.find(({ contract }) => contract.operationId === 'getAttachments');
  await (withAttachment ? prepareExample(api, withAttachment) : seedExamples(api));
  const sizes: Measurements['items'] = {};
  for (const [kind, { table, key, backedUp }] of Object.entries(kinds)) {
    const items = (await api.items(table)).filter(({ pk, sk }) => key.test(`${pk} ${sk}`));
    const [largest] = items.toSorted((one, other) => itemBytes(other) - itemBytes(one));
    if (largest === undefined) throw new Error(`The sample data have no ${kind}`);
    sizes[kind] = { bytes: itemBytes(largest), indexEntries: indexEntriesOf(table, largest), backedUp };
  }
  return sizes;
}
