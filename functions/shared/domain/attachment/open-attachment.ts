import { type Attachment, contentEncodingOf } from './attachment-file.ts';

/** How attachments and their bytes are found. */
interface AttachmentSource {
  findAttachment(profileId: string, fileName: string): Promise<Attachment | undefined>;
  findObject(objectKey: string): Promise<Uint8Array | undefined>;
}

/** How often an attachment whose object has just been replaced is looked up again. */
const ATTEMPTS = 3;

/** The attachment of this name, or else of the name without its last extension: `avatar.jpg` finds `avatar` (contract 5.47). */
export async function findNamed(
  { findAttachment }: Pick<AttachmentSource, 'findAttachment'>,
  profileId: string,
  name: string,
): Promise<Attachment | undefined> {
  const dot = name.lastIndexOf('.');
  const names = dot > 0 ? [name, name.slice(0, dot)] : [name];
  const [exact, withoutExtension] = await Promise.all(names.map((one) => findAttachment(profileId, one)));
  return exact ?? withoutExtension;
}

/** An attachment with its bytes. Where the object is gone, another has taken its place: the attachment is looked up again. */
export async function openAttachment(source: AttachmentSource, profileId: string, attachment: Attachment | undefined) {
  let current = attachment;
  for (let attempt = 1; current !== undefined; attempt++) {
    const { contentType, fileName, objectKey } = current;
    const bytes = await source.findObject(objectKey);
    if (bytes !== undefined) return { contentType, contentEncoding: contentEncodingOf(bytes, contentType), bytes };
    const newer = attempt < ATTEMPTS ? await source.findAttachment(profileId, fileName) : undefined;
    current = newer?.objectKey === objectKey ? undefined : newer;
  }
  return undefined;
}
