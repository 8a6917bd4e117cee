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

const kilobytes = (bytes: number) => Math.ceil(bytes / 1024);

/** Throws a `Rejected` where an item of these is more than the store can hold. */
export function requireFittingItems(...items: readonly (Readonly<Record<string, unknown>> | undefined)[]): void {
  for (const item of items) {
    const bytes = item === undefined ? 0 : itemBytes(item);
    if (bytes > LIMIT_BYTES)
      throw new Rejected(undefined, `is ${kilobytes(bytes)} KB large, and 400 KB is what the store can hold`);
  }
}

/** Throws a `Rejected` for a profile that no item can hold, with its largest attribute. */
export function requireFitting(created: NewProfile): number {
  const bytes = profileBytes(created);
  if (bytes <= LIMIT_BYTES) return bytes;
  const { attributes, roles } = created.profile;
  const sizes = [...attributes].map(([name, { text }]) => [name, textBytes(text)] as const);
  const [largest = ['', 0] as const] = sizes.sort(([, a], [, b]) => b - a);
  const ofRoles = itemBytes({ roles: new Set(roles) });
  if (ofRoles > largest[1])
    throw new Rejected(
      'roles',
      `makes the profile ${kilobytes(bytes)} KB large, and 400 KB is what the store can hold: ${roles.length} of them have ${kilobytes(ofRoles)} KB`,
    );
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
