import { inInvocation } from '../../../functions/shared/config/invocation.ts';
import type { Attachment } from '../../../functions/shared/domain/attachment/attachment-file.ts';
import { openAttachment } from '../../../functions/shared/domain/attachment/open-attachment.ts';

const attachmentAt = (objectKey: string): Attachment => ({
  id: 'a',
  fileName: 'a',
  contentType: 'image/png',
  sizeBytes: 1,
  md5: '',
  objectKey,
});
const bytes = new Uint8Array([1]);

test('one that is replaced at every look is a failure, not an empty answer, once the time for an answer is up', async () => {
  let looks = 0;
  const source = { findAttachment: async () => attachmentAt(String(++looks)), findObject: async () => undefined };
  const reading = () => openAttachment(source, 'p', attachmentAt('0'));
  await expect(inInvocation({ operation: 'test' }, reading, Date.now() + 100)).rejects.toMatchObject({
    kind: 'internal',
  });
  expect(looks).toBeGreaterThan(3);
});

test('one that goes while it is read is nothing, and so is one whose own object is lost', async () => {
  const findObject = async () => undefined;
  const gone = { findAttachment: async () => undefined, findObject };
  const lost = { findAttachment: async () => attachmentAt('0'), findObject };
  for (const source of [gone, lost]) expect(await openAttachment(source, 'p', attachmentAt('0'))).toBeUndefined();
});

test('the last look gives the type of the bytes that it found', async () => {
  const source = {
    findAttachment: async () => ({ ...attachmentAt('1'), contentType: 'image/gif' }),
    findObject: async (key: string) => (key === '1' ? bytes : undefined),
  };
  expect(await openAttachment(source, 'p', attachmentAt('0'))).toMatchObject({ contentType: 'image/gif', bytes });
});
