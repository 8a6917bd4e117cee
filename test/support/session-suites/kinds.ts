import type { Table } from '../../../functions/shared/config/calls.ts';
import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import type { ApiResponse, LocalApi } from '../local-api.ts';
import { seedPersistentLogin, seedTicket, seedVerificationToken } from '../sessions.ts';

/** What stands for a profile and dies with it: a ticket, a persistent login or a verification token. */
export interface SessionKind {
  readonly table: Table;
  /** How the store's key begins: the rest is a hash of the id. */
  readonly keyPrefix: string;
  readonly ageMs: number;
  /** Whether each use gives it its whole age again. */
  readonly isProlonged: boolean;
  /** What a caller needs on its tenant to read or end it. */
  readonly action: string;
  /** Whether it lives while its profile is disabled. */
  readonly outlivesDisabling: boolean;
  /** One of the profile, made at this time, or now. */
  seed(profile: Profile, madeMs?: number): Promise<{ readonly id: string }>;
  read(api: LocalApi, id: string, accessTokenId: string): Promise<ApiResponse>;
  /** The error where none is found. */
  absent(id: string): { readonly errorCode: string; readonly message: string };
}

const readAt = (path: string) => (api: LocalApi, id: string, accessTokenId: string) =>
  api.request('GET', `${path}/${id}`, { query: { accessTokenId } });

export const ticket: SessionKind = {
  table: 'tickets',
  keyPrefix: 'TICKET#',
  ageMs: 900_000,
  isProlonged: true,
  action: 'MANAGE_TICKETS',
  outlivesDisabling: false,
  seed: (profile, madeMs = Date.now()) => seedTicket(profile, { lastRequestTimeMs: madeMs }),
  read: readAt('/authentication/ticket'),
  absent: (id) => ({ errorCode: 'NO_SUCH_TICKET', message: `No ticket found for ID "${id}"` }),
};

export const persistentLogin: SessionKind = {
  table: 'tickets',
  keyPrefix: 'PERSISTENT_LOGIN#',
  ageMs: 1_296_000_000,
  isProlonged: false,
  action: 'MANAGE_TICKETS',
  outlivesDisabling: false,
  seed: (profile, madeMs = Date.now()) => seedPersistentLogin(profile, { timestampMs: madeMs }),
  read: readAt('/authentication/persistent_login'),
  absent: (id) => ({
    errorCode: 'NO_SUCH_PERSISTENT_LOGIN',
    message: `No persistent login found for ID "${id}"`,
  }),
};

export const verificationToken: SessionKind = {
  table: 'tokens',
  keyPrefix: 'VERIFICATION#',
  ageMs: 86_400_000,
  isProlonged: false,
  action: 'MANAGE_PROFILES',
  outlivesDisabling: true,
  seed: (profile, madeMs = Date.now()) => seedVerificationToken(profile, { timestampMs: madeMs }),
  read: readAt('/profile/verification_token'),
  absent: (id) => ({
    errorCode: 'NO_SUCH_VERIFICATION_TOKEN',
    message: `No verification token found for ID "${id}"`,
  }),
};
