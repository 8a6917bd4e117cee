import { internalError } from '../../errors/api-error.ts';
import { triesAgain } from '../concurrency/tries.ts';
import { type Attachment, contentEncodingOf } from './attachment-file.ts';

/** How attachments and their bytes are found. */
interface AttachmentSource {
  findAttachment(profileId: string, fileName: string): Promise<Attachment | undefined>;
  findObject(objectKey: string): Promise<Uint8Array | undefined>;
}

function withoutExtension(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}

/**
 * The attachment of this name, or else of the name without the client's `.json`, or else without its last extension too: `avatar.jpg` and
 * `avatar.jpg.json` find `avatar`, and so does `avatar.json` where nothing is called so itself (contract 5.47).
 */
export async function findNamed(
  { findAttachment }: Pick<AttachmentSource, 'findAttachment'>,
  profileId: string,
  name: string,
): Promise<Attachment | undefined> {
  const plain = name.replace(/\.json$/, '');
  const names = new Set([name, plain, withoutExtension(plain)]);
  const found = await Promise.all([...names].map((one) => findAttachment(profileId, one)));
  return found.find((attachment) => attachment !== undefined);
}

/**
 * An attachment with its bytes. Where the object is gone, another has taken its place: the attachment is looked up again, for as long as there is
 * time, for an empty answer would say that there is none. Undefined where there is none, or its own object is lost; rejects with a 500 where it was
 * replaced at every look.
 */
export async function openAttachment(source: AttachmentSource, profileId: string, attachment: Attachment | undefined) {
  const again = triesAgain();
  let current = attachment;
  while (current !== undefined) {
    const { contentType, fileName, objectKey } = current;
    const bytes = await source.findObject(objectKey);
    if (bytes !== undefined) return { contentType, contentEncoding: contentEncodingOf(bytes, contentType), bytes };
    const newer = await source.findAttachment(profileId, fileName);
    if (newer === undefined || newer.objectKey === objectKey) return undefined;
    if (!(await again())) throw internalError(new Error('The attachment was replaced at every look'));
    current = newer;
  }
  return undefined;
}
