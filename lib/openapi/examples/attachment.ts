import { sample } from '../sample.ts';

const id = sample.profileId;
const attachmentId = 'portrait';

const portrait = {
  id: '66a1f5d0b7e34d0055667788',
  fileName: attachmentId,
  contentType: 'image/png',
  fileSize: '1.5 KB',
  fileSizeBytes: 1536,
  md5: '0cc175b9c0f1b6a831c399e269772661',
};

export const attachmentExamples = {
  uploadAttachment: { parameters: { id, filename: 'portrait.png' }, answer: portrait },
  getAttachments: { parameters: { id }, answer: [portrait] },
  getAttachment: { parameters: { id, attachmentId } },
  getAttachmentDetails: { parameters: { id, attachmentId }, answer: portrait },
};
