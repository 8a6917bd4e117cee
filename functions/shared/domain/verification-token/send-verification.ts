import { describeError, log } from '../../config/logger.ts';
import type { Profile } from '../profile/profile.ts';
import type { Mail } from './mailed-link.ts';

/** How a mail is sent, and noted where it is not. */
export interface VerificationMailer {
  /** False where SES did not take it. */
  sendMailOrReport(sender: string, mail: Mail): Promise<boolean>;
  noteRefusedMail(profile: Profile, atMs: number): Promise<void>;
}

/**
 * Sends the mail that a new profile waits for. Where it is refused, the profile is noted, so that somebody sends another one; whatever fails, the profile
 * is there (contract 9.1 #5).
 */
export async function sendVerification(
  mailer: VerificationMailer,
  profile: Profile,
  { sender, mail }: { readonly sender: string; readonly mail: Mail },
): Promise<void> {
  if (await mailer.sendMailOrReport(sender, mail)) return;
  try {
    await mailer.noteRefusedMail(profile, Date.now());
  } catch (failure) {
    log().error('Nobody will know that a profile waits for its mail', { error: describeError(failure) });
  }
}
