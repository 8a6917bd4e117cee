import { idOfCreatedKey } from '../../profile/created-key.ts';
import type { Position } from '../position.ts';

/** Stands between the key of a value and what tells its entries apart; no key of a value has it. */
export const SEPARATOR = '\u0000';

/** What an index sorts by: the key of a value, and among those of one key the order of creation. */
export const placedKeyOf = ({ key, createdKey }: Position): string => `${key}${SEPARATOR}${createdKey}`;

/** The position again, and whose it is. */
export function entryOfPlacedKey(placed: string): Position & { readonly id: string } {
  const end = placed.indexOf(SEPARATOR);
  const createdKey = placed.slice(end + SEPARATOR.length);
  return { key: placed.slice(0, end), createdKey, id: idOfCreatedKey(createdKey) };
}
