import type { NewProfile } from '../../functions/shared/repositories/new-profiles.ts';
import { profileToItem } from '../../functions/shared/repositories/profiles.ts';
import { Rejected } from './records/rejected.ts';

/** What the store can hold in one item, less what later writes to it need. */
const LIMIT_BYTES = 400 * 1024 - 1024;
const UNIT_BYTES = 1024;

const textBytes = (text: string) => Buffer.byteLength(text);

/** As the store counts: names and texts in UTF-8, 3 bytes for a map or set and one for each thing in it; for a number more than it ever takes. */
function bytesOf(value: unknown): number {
  if (typeof value === 'string') return textBytes(value);
  if (value instanceof Set) return 3 + [...value].reduce<number>((sum, one) => sum + 1 + bytesOf(one), 0);
  if (value instanceof Map) {
    let sum = 3;
    for (const [key, inner] of value) sum += 1 + bytesOf(key) + bytesOf(inner);
    return sum;
  }
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + 1 + bytesOf(one), 3);
  if (typeof value === 'object' && value !== null) return bytesOf(new Map(Object.entries(value)));
  return typeof value === 'number' ? 21 : 1;
}

/** Bytes of an item as the store counts them. */
function itemBytes(item: Readonly<Record<string, unknown>>): number {
  let sum = 0;
  for (const [name, value] of Object.entries(item)) if (value !== undefined) sum += textBytes(name) + bytesOf(value);
  return sum;
}

/** The same of a profile. */
export const profileBytes = ({ profile }: NewProfile): number => itemBytes(profileToItem(profile));

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
  const ofRoles = bytesOf(new Set(roles));
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
