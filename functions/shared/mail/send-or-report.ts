import type { CallsByIntent } from '../config/calls.ts';
import { describeError, log } from '../config/logger.ts';
import type { Mail } from '../domain/verification-token/mailed-link.ts';
import { sendMail } from './send.ts';

/** Sends a mail whose failure must not undo what was done: it is logged and counted instead (contract 9.1 #5). False where SES did not take it. */
export async function sendMailOrReport(sender: string, mail: Mail): Promise<boolean> {
  try {
    await sendMail(sender, mail);
    return true;
  } catch (refused) {
    log().error('Mail was not accepted', { error: describeError(refused) });
    return false;
  }
}

/** What each intent calls. */
export const calls = {
  sendMailOrReport: ['SendEmail'],
} as const satisfies CallsByIntent;
