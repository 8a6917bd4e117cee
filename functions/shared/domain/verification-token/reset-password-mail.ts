import type { LinkMail } from './mailed-link.ts';

/** Carries the link to choose a new password (contract 7). */
export const resetPasswordMail: LinkMail = {
  purposes: ['changePassword'],
  before: 'We received a request to reset your password. Follow this link to choose a new one.',
  after: 'If you did not ask for this, you can ignore this message: your password stays as it is.',
};
