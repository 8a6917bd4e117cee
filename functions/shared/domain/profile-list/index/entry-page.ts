import { idOfCreatedKey } from '../../profile/created-key.ts';
import type { Position } from '../position.ts';
import type { SortOrder } from '../query/sort.ts';
import type { KeyRange } from './key-ranges.ts';

/** Where an index has a profile. */
export interface Entry {
  /** By what the index is sorted, such as a `ValueKey` or a username; empty where that is the order of creation. */
  readonly key: string;
  /** Its place among those of one key; empty where the index does not hold it. */
  readonly createdKey: string;
  readonly id: string;
}

/** More than one look into an index brings, 1 MB at most. */
export const MOST_KEYS = 10_000;

/** How one page of an index is read. */
export interface Look {
  readonly order: SortOrder;
  /** How many entries at most, as far as that is below `MOST_KEYS`; as many as one call brings, if absent. */
  readonly limit?: number | undefined;
  /** Behind which entry, in this order, which need not be there any more. */
  readonly after?: Entry | undefined;
}

/** One page of an index, in the order that was asked for. */
export interface EntryPage {
  readonly entries: readonly Entry[];
  /** Whether nothing follows. */
  readonly isLast: boolean;
}

/** One partition of the index by values. */
export interface IndexPlace {
  readonly tenantId: string;
  readonly shard: number;
  readonly field: string;
}

/** How pages of each index are read. */
export interface IndexSource {
  /** Of the index by values, whose entries are there as soon as their profile. */
  listEntryPage(place: IndexPlace, range: KeyRange, look: Look): Promise<EntryPage>;
  /** By e-mail address as it is written. This index and those below follow a write by milliseconds. */
  listEmailPage(tenantId: string, range: KeyRange, look: Look): Promise<EntryPage>;
  /** Of one e-mail address in any letter case, in the order of creation. */
  listAddressPage(tenantId: string, email: string, look: Look): Promise<EntryPage>;
  /** By username, in the order of its bytes. */
  listUsernamePage(tenantId: string, range: KeyRange, look: Look): Promise<EntryPage>;
  /** By `createdKey`. */
  listCreationPage(tenantId: string, range: KeyRange, look: Look): Promise<EntryPage>;
}

/** Where a list goes on. */
export const entryAt = ({ key, createdKey }: Position): Entry => ({ key, createdKey, id: idOfCreatedKey(createdKey) });
