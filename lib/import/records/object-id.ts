import { isObjectId } from '../../../functions/shared/domain/values/object-id.ts';
import type { Fields } from './fields.ts';

/** The `_id` of a document, in lower case; undefined where it has none. Throws a `Rejected` for any other one. */
export function objectIdIn(fields: Fields): string | undefined {
  const value = fields.value('_id');
  if (value === undefined) return undefined;
  return typeof value === 'string' && isObjectId(value) ? value.toLowerCase() : fields.reject('_id', 'is no ObjectId');
}
