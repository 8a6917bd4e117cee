import type { JsonObject } from '../../../functions/shared/domain/values/json.ts';
import { Rejected } from '../records/rejected.ts';

/** A user of another identity store, in our words. */
export interface ForeignUser {
  /** What it may be called, the best first. */
  readonly logins: readonly (string | undefined)[];
  readonly email: string | undefined;
  readonly verified: boolean;
  readonly enabled: boolean;
  readonly roles: readonly string[];
  /** Undefined: nobody knows. */
  readonly createdAtMs: number | undefined;
  readonly lastModifiedMs: number | undefined;
  readonly attributes: JsonObject;
  /** In one of the forms that a sign-in can check, or none. */
  readonly passwordHash: string | undefined;
}

/** A user that becomes no profile, on purpose: such ones are counted by this name. */
export interface LeftOut {
  readonly leftOut: 'deleted users' | 'anonymous users' | 'service accounts' | 'password hashes';
}

export const isLeftOut = (user: ForeignUser | LeftOut): user is LeftOut => 'leftOut' in user;

const present = (value: string | undefined): boolean => value !== undefined && value !== '';

/** The user as the old server would have stored its profile (contract 8.2), without an id of its own. Throws a `Rejected` where nobody could sign in as it. */
export function profileDocument(user: ForeignUser, tenant: string): JsonObject {
  const username = user.logins.find(present);
  if (username === undefined)
    throw new Rejected(
      'username',
      'is missing, and there is neither an e-mail address nor a phone number in its place',
    );
  const { createdAtMs, lastModifiedMs, passwordHash } = user;
  return {
    username,
    tenant,
    verified: user.verified,
    enabled: user.enabled,
    roles: [...new Set(user.roles)],
    attributes: user.attributes,
    ...(present(user.email) && user.email !== undefined ? { email: user.email } : {}),
    ...(createdAtMs === undefined ? {} : { createdOn: createdAtMs }),
    ...(lastModifiedMs === undefined ? {} : { lastModified: lastModifiedMs }),
    ...(passwordHash === undefined ? {} : { password: passwordHash }),
  };
}
