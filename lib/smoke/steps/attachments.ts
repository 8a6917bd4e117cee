import * as z from 'zod/mini';
import { callStep, outcomeOf, read, requireError, requireGood } from '../call-step.ts';
import type { Answer } from '../send.ts';
import { Mismatch, type Scene, type Step } from '../step.ts';

/** The API calls it so without the extension. */
const NAME = 'smoke';
/** Of one pixel. */
const image = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

function uploadOf(): FormData {
  const form = new FormData();
  form.append('attachment', new Blob([image], { type: 'image/png' }), `${NAME}.png`);
  return form;
}

const file = z.object({ fileName: z.string(), fileSizeBytes: z.number() });

function requireFile(found: z.output<typeof file> | undefined): void {
  if (found?.fileName !== NAME || found.fileSizeBytes !== image.length)
    throw new Mismatch('it is not the attachment that was uploaded');
}

function requireList(answer: Answer, { story }: Scene): void {
  requireGood(answer);
  const files = read(z.array(file), answer);
  if (!story.hasMade('attachment')) return;
  if (files.length !== 1) throw new Mismatch(`the list has ${files.length} attachments and should have one`);
  requireFile(files[0]);
}

/** The list under one of the paths that clients know it by, for which API Gateway has routes of their own. */
const listStep = (name: string, suffix: string, judge: (answer: Answer, scene: Scene) => void): Step => ({
  name,
  functionName: 'profile/get-attachments',
  run: async (scene) => {
    const path = `/profile/${scene.story.idOf('profile')}/attachments${suffix}`;
    return outcomeOf({ method: 'GET', path }, scene, (answer) => judge(answer, scene));
  },
});

/** An avatar. */
export const attachments: readonly Step[] = [
  callStep({
    name: 'upload an attachment',
    operation: 'uploadAttachment',
    call: (story) => ({ path: { id: story.idOf('profile') }, upload: uploadOf() }),
    check: (answer, { story }) => {
      requireFile(read(file, answer));
      story.keep('attachment', NAME);
    },
  }),
  listStep('list attachments', '', requireList),
  listStep('list attachments, with a slash at the end', '/', requireList),
  listStep('list attachments, as older clients do', '/.json', requireList),
  listStep('a path below the list is unknown', '/a/b', (answer, scene) => requireError(answer, 'unknownRoute', scene)),
  callStep({
    name: 'read an attachment',
    operation: 'getAttachment',
    call: (story) => ({ path: { id: story.idOf('profile'), attachmentId: story.idOf('attachment') } }),
    check: ({ bytes }) => {
      if (!bytes.equals(image)) throw new Mismatch(`it has ${bytes.length} bytes, others than were uploaded`);
    },
  }),
];
