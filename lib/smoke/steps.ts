import type { Step } from './step.ts';
import { attachments } from './steps/attachments.ts';
import { leave, look, signUp } from './steps/people.ts';
import { newPasswords, signIn } from './steps/sessions.ts';
import { storage } from './steps/storage.ts';
import { unknown } from './steps/unknown.ts';

/** Everything that is tried, in this order. A new one is a row in one of these. */
export const steps: readonly Step[] = [
  ...signUp,
  ...signIn,
  ...look,
  ...attachments,
  ...newPasswords,
  ...unknown,
  ...leave,
  ...storage,
];
