import type { Profile } from '../../functions/shared/domain/profile/profile.ts';
import { newPersistentLogin, type PersistentLogin } from '../../functions/shared/domain/session/persistent-login.ts';
import { newTicket, type Ticket } from '../../functions/shared/domain/session/ticket.ts';
import {
  newVerificationToken,
  type TokenPurpose,
  type VerificationToken,
} from '../../functions/shared/domain/verification-token/verification-token.ts';
import { createPersistentLogin } from '../../functions/shared/repositories/persistent-logins.ts';
import { createTicket } from '../../functions/shared/repositories/tickets.ts';
import { createVerificationToken } from '../../functions/shared/repositories/verification-tokens.ts';

/** The text of a random UUID. */
export const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

/** The text of an ObjectId. */
export const objectId = expect.stringMatching(/^[0-9a-f]{24}$/);

export async function seedTicket(profile: Profile, partial: Partial<Ticket> = {}): Promise<Ticket> {
  const ticket = { ...newTicket(profile), ...partial };
  await createTicket(ticket, 900);
  return ticket;
}

export async function seedPersistentLogin(
  profile: Profile,
  partial: Partial<PersistentLogin> = {},
): Promise<PersistentLogin> {
  const login = { ...newPersistentLogin(profile), ...partial };
  await createPersistentLogin(login, 1_296_000);
  return login;
}

export async function seedVerificationToken(
  profile: Profile,
  partial: Partial<VerificationToken> = {},
  purposes: readonly TokenPurpose[] = ['verify', 'changePassword'],
): Promise<VerificationToken> {
  const token = { ...newVerificationToken(profile, purposes), ...partial };
  await createVerificationToken(token, 86_400);
  return token;
}
