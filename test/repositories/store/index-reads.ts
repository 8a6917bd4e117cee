import { createdKeyOf } from '../../../functions/shared/domain/profile/created-key.ts';
import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import type { Entry, EntryPage } from '../../../functions/shared/domain/profile-list/index/entry-page.ts';
import {
  type KeyRange,
  RANGE_OF_ALL,
  RANGE_OF_CREATION,
  RANGE_OF_USERNAMES,
  rangeBetween,
  rangeOfKey,
  rangeOfPrefix,
} from '../../../functions/shared/domain/profile-list/index/key-ranges.ts';
import { valueKeyOf } from '../../../functions/shared/domain/profile-list/index/value-key.ts';
import { asAttributes } from '../../support/attributes.ts';
import { type Case, read, unharmed } from './case.ts';
import type { Store } from './store.ts';
import { bury, fresh, inTime, storedProfile, storedTenant } from './world.ts';

/** A character that ends no key, and its neighbour, too. */
const texts = ['a', 'a', 'a\u0000', 'a\u0001b', 'b'];

/** A tenant whose five profiles have these texts at `x.deep`, for their e-mail address and at the end of their username; and one that is buried. */
async function listed(store: Store) {
  const of = await storedTenant(store);
  const name = fresh('u');
  const profiles: Profile[] = [];
  for (const [at, text] of texts.entries())
    profiles.push(
      await storedProfile(store, {
        of,
        email: text,
        username: `${name}${at}`,
        attributes: asAttributes([['x', { deep: text }]]),
      }),
    );
  const buried = await storedProfile(store, { of, email: 'a', attributes: asAttributes([['x', { deep: 'a' }]]) });
  await storedProfile(store, { email: 'a' });
  await bury(store, buried);
  const isThere = ({ entries }: EntryPage) => entries.length === texts.length;
  await inTime(() => store.listEmailPage(of.id, RANGE_OF_ALL, { order: 'ASC' }), isThere);
  await inTime(() => store.listUsernamePage(of.id, RANGE_OF_USERNAMES, { order: 'ASC' }), isThere);
  await inTime(() => store.listCreationPage(of.id, RANGE_OF_CREATION, { order: 'ASC' }), isThere);
  const keyed = (keyOf: (profile: Profile) => string) =>
    profiles.map((profile): Entry => ({ key: keyOf(profile), createdKey: createdKeyOf(profile), id: profile.id }));
  return {
    of,
    place: { tenantId: of.id, shard: 0, field: 'attributes.x.deep' },
    entries: keyed(({ email }) => valueKeyOf(email)),
    created: keyed(() => ''),
    usernames: profiles.map(({ id, username }): Entry => ({ key: username, createdKey: '', id })),
  };
}

type Listed = Awaited<ReturnType<typeof listed>>;

const page = (entries: readonly (Entry | undefined)[], isLast = true) => ({ entries, isLast });

const onEntries = (
  when: string,
  range: KeyRange,
  look: (entries: readonly Entry[]) => Parameters<Store['listEntryPage']>[2],
  answer: (entries: readonly Entry[]) => object,
) =>
  (['listEntryPage', 'listEmailPage'] as const).map((intent) =>
    read(intent, when, async (store) => {
      const { place, of, entries } = await listed(store);
      const call = () =>
        intent === 'listEntryPage'
          ? store.listEntryPage(place, range, look(entries))
          : store.listEmailPage(of.id, range, look(entries));
      return { call, answer: answer(entries) };
    }),
  );

const beforeB = rangeBetween([{ operator: '$lt', value: 'b' }]) ?? RANGE_OF_ALL;

const byKey: readonly Case[] = [
  ...onEntries(
    'all, those of one key in the order of creation',
    RANGE_OF_ALL,
    () => ({ order: 'ASC' }),
    (all) => page(all),
  ),
  ...onEntries(
    'all, the other way round',
    RANGE_OF_ALL,
    () => ({ order: 'DESC' }),
    (all) => page(all.toReversed()),
  ),
  ...onEntries(
    'a first page',
    RANGE_OF_ALL,
    () => ({ order: 'ASC', limit: 2 }),
    (all) => page(all.slice(0, 2), false),
  ),
  ...onEntries(
    'behind an entry',
    RANGE_OF_ALL,
    (all) => ({ order: 'ASC', after: all[0] }),
    (all) => page(all.slice(1)),
  ),
  ...onEntries(
    'before an entry',
    RANGE_OF_ALL,
    (all) => ({ order: 'DESC', after: all[3] }),
    (all) => page(all.slice(0, 3).toReversed()),
  ),
  ...onEntries(
    'of one key',
    rangeOfKey(valueKeyOf('a')),
    () => ({ order: 'ASC' }),
    (all) => page(all.slice(0, 2)),
  ),
  ...onEntries(
    'of one key, behind an entry',
    rangeOfKey(valueKeyOf('a')),
    (all) => ({ order: 'ASC', after: all[0] }),
    (all) => page(all.slice(1, 2)),
  ),
  ...onEntries(
    'of a prefix',
    rangeOfPrefix('a'),
    () => ({ order: 'ASC' }),
    (all) => page(all.slice(0, 4)),
  ),
  ...onEntries(
    'before a bound',
    beforeB,
    () => ({ order: 'DESC', limit: 1 }),
    (all) => page(all.slice(3, 4), false),
  ),
  ...onEntries(
    'of a range that begins behind the start',
    rangeOfPrefix('b'),
    (all) => ({ order: 'ASC', after: all[0] }),
    (all) => page(all.slice(4)),
  ),
  ...onEntries(
    'behind an entry that is not there any more',
    RANGE_OF_ALL,
    (all) => ({ order: 'ASC', after: { ...all[0], key: valueKeyOf('a\u0000!'), createdKey: '1#1', id: '1' } }),
    (all) => page(all.slice(3)),
  ),
];

const beyond: readonly Case[] = [
  unharmed('listEntryPage', 'of a range whose ends have passed each other', async (store) => {
    const { place } = await listed(store);
    return { call: () => store.listEntryPage(place, { from: '3b', below: '3a' }, { order: 'ASC' }), answer: page([]) };
  }),
  unharmed('listEmailPage', 'behind an entry that is behind the range', async (store) => {
    const { of, entries } = await listed(store);
    return {
      call: () => store.listEmailPage(of.id, rangeOfPrefix('a'), { order: 'ASC', after: entries[4] }),
      answer: page([]),
    };
  }),
  read('listEntryPage', 'of another part of the index', async (store) => {
    const { place } = await listed(store);
    return {
      call: () => store.listEntryPage({ ...place, shard: 1 }, RANGE_OF_ALL, { order: 'ASC' }),
      answer: page([]),
    };
  }),
];

const onUsernames = (
  when: string,
  range: (usernames: Listed['usernames']) => KeyRange,
  look: Parameters<Store['listUsernamePage']>[2],
  from: number,
  to: number,
) =>
  read('listUsernamePage', when, async (store) => {
    const { of, usernames } = await listed(store);
    const found = usernames.slice(from, to);
    const after = look.after && usernames[from - 1];
    return {
      call: () => store.listUsernamePage(of.id, range(usernames), { ...look, after }),
      answer: page(look.order === 'ASC' ? found : found.toReversed(), to === texts.length || look.limit === undefined),
    };
  });

const anyone: Entry = { key: '', createdKey: '', id: '' };

const byOthers: readonly Case[] = [
  onUsernames('all', () => RANGE_OF_USERNAMES, { order: 'ASC' }, 0, 5),
  onUsernames('all, the other way round', () => RANGE_OF_USERNAMES, { order: 'DESC' }, 0, 5),
  onUsernames('a page behind an entry', () => RANGE_OF_USERNAMES, { order: 'ASC', limit: 2, after: anyone }, 1, 3),
  onUsernames(
    'from one on and before another',
    (all) => ({ from: all[1]?.key ?? '', below: `${all[3]?.key}\u0000` }),
    { order: 'ASC' },
    1,
    4,
  ),
  onUsernames('of a prefix', (all) => ({ prefix: all[0]?.key.slice(0, -1) ?? '' }), { order: 'ASC' }, 0, 5),
  read('listCreationPage', 'all', async (store) => {
    const { of, created } = await listed(store);
    return { call: () => store.listCreationPage(of.id, RANGE_OF_CREATION, { order: 'ASC' }), answer: page(created) };
  }),
  read('listCreationPage', 'a page behind an entry', async (store) => {
    const { of, created } = await listed(store);
    const look = { order: 'ASC', limit: 2, after: created[1] } as const;
    return {
      call: () => store.listCreationPage(of.id, RANGE_OF_CREATION, look),
      answer: page(created.slice(2, 4), false),
    };
  }),
  read('listCreationPage', 'between two times', async (store) => {
    const { of, created } = await listed(store);
    const timeOf = (at: number) => created[at]?.createdKey.slice(0, 13) ?? '';
    const range = { from: timeOf(1), below: timeOf(3) };
    return { call: () => store.listCreationPage(of.id, range, { order: 'ASC' }), answer: page(created.slice(1, 3)) };
  }),
  read('listAddressPage', 'in any letter case', async (store) => {
    const { of, created } = await listed(store);
    return { call: () => store.listAddressPage(of.id, 'A', { order: 'ASC' }), answer: page(created.slice(0, 2)) };
  }),
  read('listAddressPage', 'behind an entry', async (store) => {
    const { of, created } = await listed(store);
    const look = { order: 'ASC', after: created[0] } as const;
    return { call: () => store.listAddressPage(of.id, 'a', look), answer: page(created.slice(1, 2)) };
  }),
  read('listAddressPage', 'none of the address', async (store) => {
    const { of } = await listed(store);
    return { call: () => store.listAddressPage(of.id, 'none', { order: 'ASC' }), answer: page([]) };
  }),
];

/** Profiles without an address come before all others, and are none of any address. */
const withoutAddress: readonly Case[] = [
  read('listEmailPage', 'those without an address first, then the empty one', async (store) => {
    const of = await storedTenant(store);
    const profiles: Profile[] = [];
    for (const email of [null, '', null]) profiles.push(await storedProfile(store, { of, email }));
    const [first, empty, last] = profiles.map(({ id }) => id);
    const idsOf = async () => {
      const { entries } = await store.listEmailPage(of.id, RANGE_OF_ALL, { order: 'ASC' });
      return entries.map(({ id }) => id);
    };
    await inTime(idsOf, (ids) => ids.length === profiles.length);
    return { call: idsOf, answer: [first, last, empty] };
  }),
  read('listAddressPage', 'of no profile without an address', async (store) => {
    const of = await storedTenant(store);
    for (const email of [null, 'there']) await storedProfile(store, { of, email });
    const countOf = async (email: string) =>
      (await store.listAddressPage(of.id, email, { order: 'ASC' })).entries.length;
    await inTime(
      () => countOf('there'),
      (count) => count === 1,
    );
    return { call: () => Promise.all(['', 'null'].map(countOf)), answer: [0, 0] };
  }),
];

/** What is promised of reads of indexes. */
export const indexReadCases: readonly Case[] = [...byKey, ...beyond, ...byOthers, ...withoutAddress];
