import { assertThat, invalidRequest } from '../../errors/api-error.ts';
import type { Profile } from './profile.ts';

/** What a key of the store can hold (contract 9.1 #54). */
export const USERNAME_LIMIT_BYTES = 1024;

/** Whether a profile can be called so. */
export const isUsername = (text: string): boolean => text !== '' && Buffer.byteLength(text) <= USERNAME_LIMIT_BYTES;

/** 400 `OTHER` for a username that is empty or too long. */
export function requireUsername(username: string): void {
  assertThat(username !== '', () => invalidRequest('Parameter "username" is empty'));
  assertThat(isUsername(username), () =>
    invalidRequest(`Parameter "username" is longer than ${USERNAME_LIMIT_BYTES} bytes`),
  );
}

/** The profile, if it is still called so: a username is looked up before its profile is read, which may have been renamed in between. */
export const stillCalled = (profile: Profile | undefined, username: string): Profile | undefined =>
  profile?.username === username ? profile : undefined;
