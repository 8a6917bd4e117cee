import type { LinkMail } from './mailed-link.ts';

/** Asks a new user to confirm the address (contract 7). */
export const newProfileMail: LinkMail = {
  purposes: ['verify'],
  before: 'Welcome! Please confirm your e-mail address to finish setting up your account.',
  after: 'If you did not create this account, you can ignore this message.',
};
