/** The table of contents: every endpoint of the API, by resource. A new one is a line here. */

export * as createTicket from './authentication/create-ticket.ts';
export * as changePassword from './profile/change-password.ts';
export * as createVerificationToken from './profile/create-verification-token.ts';
export * as getProfile from './profile/get-profile.ts';
export * as resetPassword from './profile/reset-password.ts';
export * as verifyProfile from './profile/verify-profile.ts';
