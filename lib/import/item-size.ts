import { itemBytes } from '../../functions/shared/repositories/dynamodb/item-bytes.ts';
import type { NewProfile } from '../../functions/shared/repositories/new-profiles.ts';
import { profileToItem } from '../../functions/shared/repositories/profiles.ts';
import { Rejected } from './records/rejected.ts';

/** What the store can hold in one item, less what later writes to it need. */
const LIMIT_BYTES = 400 * 1024 - 1024;
const UNIT_BYTES = 1024;

const textBytes = (text: string) => Buffer.byteLength(text);

/** Bytes of a profile's item as the store counts them. */
const profileBytes = ({ profile }: NewProfile): number => itemBytes(profileToItem(profile));

/** Throws a `Rejected` for a profile that no item can hold, with its largest attribute. */
export function requireFitting(created: NewProfile): number {
  const bytes = profileBytes(created);
  if (bytes <= LIMIT_BYTES) return bytes;
  const sizes = [...created.profile.attributes].map(([name, { text }]) => [name, textBytes(text)] as const);
  const [largest = ['', 0] as const] = sizes.sort(([, a], [, b]) => b - a);
  const kilobytes = (size: number) => Math.ceil(size / 1024);
  throw new Rejected(
    'attributes',
    `makes the profile ${kilobytes(bytes)} KB large, and 400 KB is what the store can hold: ${JSON.stringify(largest[0])} alone has ${kilobytes(largest[1])} KB`,
  );
}

/** Units that writing it takes: in a transaction each counts twice, an entry in an index of the store once. */
export function writeUnitsOf(bytes: number, entries: number): number {
  const [credentials, username, storeIndexes] = [1, 1, 4];
  return 2 * (Math.ceil(bytes / UNIT_BYTES) + credentials + username + entries) + storeIndexes;
}
