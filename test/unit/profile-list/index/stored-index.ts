import { createdKeyOf } from '../../../../functions/shared/domain/profile/created-key.ts';
import type { Profile } from '../../../../functions/shared/domain/profile/profile.ts';
import type { QuerySource } from '../../../../functions/shared/domain/profile-list/by-query.ts';
import { entriesOf } from '../../../../functions/shared/domain/profile-list/index/entries.ts';
import type { Entry, EntryPage, Look } from '../../../../functions/shared/domain/profile-list/index/entry-page.ts';
import { type KeyRange, sideOf } from '../../../../functions/shared/domain/profile-list/index/key-ranges.ts';
import { SEPARATOR } from '../../../../functions/shared/domain/profile-list/index/placed-key.ts';
import { valueKeyOf } from '../../../../functions/shared/domain/profile-list/index/value-key.ts';
import { compareText } from '../../../../functions/shared/domain/profile-list/query/compare.ts';
import { fieldsOfStored } from '../../../../functions/shared/domain/tenant/indexed-fields.ts';
import type { Tenant } from '../../../../functions/shared/domain/tenant/tenant.ts';

/** An entry and what sorts it. */
interface Row {
  readonly sk: string;
  readonly entry: Entry;
}

/** A page as the store gives it, of so many entries at most. */
function pageOf(
  rows: readonly Row[],
  most: number,
  range: KeyRange,
  look: Look,
  sortOf: (entry: Entry) => string,
): EntryPage {
  const direction = look.order === 'ASC' ? 1 : -1;
  const after = look.after && sortOf(look.after);
  const inRange = rows
    .filter(({ sk }) => sideOf(range, sk) === 'within')
    .filter(({ sk }) => after === undefined || direction * compareText(sk, after) > 0)
    .sort((a, b) => direction * compareText(a.sk, b.sk));
  const count = Math.min(most, look.limit ?? most);
  return { entries: inRange.slice(0, count).map(({ entry }) => entry), isLast: inRange.length <= count };
}

const joined = ({ key, createdKey }: Entry) => `${key}${SEPARATOR}${createdKey}`;
const byCreatedKey = ({ createdKey }: Entry) => createdKey;

/** How often each intent was called. */
export type Counts = Record<'looks' | 'batches' | 'bodies', number>;

/** A store that holds these profiles of a tenant with their entries, and gives no page of more than `most`. */
export function storedIndex(
  tenant: Tenant,
  profiles: readonly Profile[],
  most: number,
): QuerySource & { counts: Counts } {
  const counts: Counts = { looks: 0, batches: 0, bodies: 0 };
  const rowsOf = (keyOf: (profile: Profile) => string, of = profiles): readonly Row[] =>
    of.map((profile) => {
      const entry = { key: keyOf(profile), createdKey: createdKeyOf(profile), id: profile.id };
      return { sk: joined(entry), entry };
    });
  const places = new Map<string, Row[]>();
  for (const profile of profiles)
    for (const { field, key } of entriesOf(profile, fieldsOfStored(profile, tenant))) {
      const place = `${profile.shard} ${field}`;
      const rows = places.get(place) ?? [];
      rows.push(...rowsOf(() => key, [profile]));
      places.set(place, rows);
    }
  const emails = rowsOf(({ email }) => valueKeyOf(email));
  const usernames = profiles.map(({ id, username }) => ({
    sk: username,
    entry: { key: username, createdKey: '', id },
  }));
  const created = rowsOf(() => '').map(({ entry }) => ({ sk: entry.createdKey, entry }));
  const look = (rows: readonly Row[], range: KeyRange, how: Look, sortOf: (entry: Entry) => string) => {
    counts.looks += 1;
    return Promise.resolve(pageOf(rows, most, range, how, sortOf));
  };
  const everything: KeyRange = { from: '!', below: '~' };
  return {
    counts,
    findProfiles: async (ids) => {
      counts.batches += 1;
      counts.bodies += ids.length;
      return ids.flatMap((id) => profiles.find((profile) => profile.id === id) ?? []);
    },
    listIdsByCreation: () => [created.toSorted((a, b) => compareText(a.sk, b.sk)).map(({ entry }) => entry.id)],
    findUsername: async (_, username) => {
      const found = profiles.find((profile) => profile.username === username);
      return found && { profileId: found.id, tenantId: found.tenantId };
    },
    listEntryPage: ({ shard, field }, range, how) => look(places.get(`${shard} ${field}`) ?? [], range, how, joined),
    listEmailPage: (_, range, how) => look(emails, range, how, joined),
    listUsernamePage: (_, range, how) => look(usernames, range, how, ({ key }) => key),
    listCreationPage: (_, range, how) => look(created, range, how, byCreatedKey),
    listAddressPage: (_, email, how) => {
      const ids = new Set(
        profiles.filter((one) => one.email?.toLowerCase() === email.toLowerCase()).map(({ id }) => id),
      );
      return look(
        created.filter(({ entry }) => ids.has(entry.id)),
        everything,
        how,
        byCreatedKey,
      );
    },
  };
}
