import { isJsonObject, parseJson } from '../../../functions/shared/domain/values/json.ts';
import { UsageError } from '../../usage-error.ts';
import { headOf } from './bytes.ts';
import { collectionOf } from './collection-names.ts';
import type { FoundFile } from './found-files.ts';

/** Of every index of a collection there are some 100 bytes. */
const METADATA_BYTES = 1024 * 1024;

/** mongodump says beside each file which collection it is of. Throws a `UsageError` where somebody has renamed one of the two. */
export async function requireAgreement(files: readonly FoundFile[]): Promise<void> {
  for (const { file, base, type } of files) {
    if (type !== 'metadata') continue;
    const json = parseJson((await headOf(file, METADATA_BYTES)).toString());
    const name = isJsonObject(json) ? json.collectionName : undefined;
    if (typeof name === 'string' && collectionOf(name) !== collectionOf(base))
      throw new UsageError(
        `"${file.name}" is of collection "${name}", and its name says "${base}": rename both files back`,
      );
  }
}
