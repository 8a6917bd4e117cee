import * as z from 'zod/mini';
import { type Attachment, fileSizeText } from '../../domain/attachment/attachment-file.ts';

/** Contract 2.7. */
export const attachmentResource = z.object({
  id: z.nullable(z.string()),
  fileName: z.nullable(z.string()),
  contentType: z.nullable(z.string()),
  fileSize: z.nullable(z.string()),
  fileSizeBytes: z.int(),
  md5: z.nullable(z.string()),
});

/** One that is not there has the fields of one, all unset (contract 5.48). */
export const presentAttachment = (attachment: Attachment | undefined): z.input<typeof attachmentResource> => ({
  id: attachment?.id ?? null,
  fileName: attachment?.fileName ?? null,
  contentType: attachment?.contentType ?? null,
  fileSize: attachment ? fileSizeText(attachment.sizeBytes) : null,
  fileSizeBytes: attachment?.sizeBytes ?? 0,
  md5: attachment?.md5 ?? null,
});
