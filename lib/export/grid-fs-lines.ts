import { hash } from 'node:crypto';
import type { Attachment } from '../../functions/shared/domain/attachment/attachment-file.ts';
import { jsonTextOf } from '../../functions/shared/domain/values/json-text.ts';
import { madeAtMsOf } from '../../functions/shared/domain/values/object-id.ts';
import { date, objectId } from './documents.ts';

/** What GridFS cuts files into. */
const CHUNK_BYTES = 255 * 1024;

/** Nobody refers to a chunk by its id: the same for the same chunk, of the second of its file. */
const chunkIdOf = (fileId: string, n: number) =>
  `${fileId.slice(0, 8)}${hash('sha256', `${fileId} ${n}`).slice(0, 16)}`;

/** The document of `fs.files` of an attachment (contract 8.2). An attachment has no time but that of its id. */
export const fileJson = (profileId: string, { id, fileName, contentType, sizeBytes, md5 }: Attachment): string =>
  jsonTextOf({
    _id: objectId(id),
    filename: `/${profileId}/${fileName}`,
    length: { $numberLong: String(sizeBytes) },
    chunkSize: { $numberLong: String(CHUNK_BYTES) },
    uploadDate: date(madeAtMsOf(id)),
    md5,
    contentType,
  });

/** The documents of `fs.chunks`, in the form of the older tools, which the newer ones read, too. */
export function* chunkJsons({ id }: Attachment, bytes: Uint8Array): Generator<string> {
  for (let n = 0; n * CHUNK_BYTES < bytes.length; n++) {
    const part = bytes.subarray(n * CHUNK_BYTES, (n + 1) * CHUNK_BYTES);
    const data = { $binary: Buffer.from(part).toString('base64'), $type: '00' };
    yield jsonTextOf({ _id: objectId(chunkIdOf(id, n)), files_id: objectId(id), n, data });
  }
}
