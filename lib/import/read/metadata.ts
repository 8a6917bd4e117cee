import { isJsonObject, parseJson } from '../../../functions/shared/domain/values/json.ts';
import { UsageError } from '../../usage-error.ts';
import { headOf } from './bytes.ts';
import { collectionOf } from './collection-names.ts';
import type { FoundFile } from './found-files.ts';

/** mongodump says beside each file which collection it is of. Throws a `UsageError` where somebody has renamed one of the two. */
export async function requireAgreement(files: readonly FoundFile[]): Promise<void> {
  for (const { file, base, type } of files) {
    if (type !== 'metadata') continue;
    const json = parseJson((await headOf(file)).toString());
    const name = isJsonObject(json) ? json.collectionName : undefined;
    if (typeof name === 'string' && collectionOf(name) !== collectionOf(base))
      throw new UsageError(
        `"${file.name}" is of collection "${name}", and its name says "${base}": rename both files back`,
      );
  }
}
