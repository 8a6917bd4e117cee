import { assertThat, invalidRequest } from '../../errors/api-error.ts';

/** What a key of the store can hold (contract 9.1 #54). */
const USERNAME_LIMIT_BYTES = 1024;

/** 400 `OTHER` for a username that is empty or too long. */
export function requireUsername(username: string): void {
  assertThat(username !== '', () => invalidRequest('Parameter "username" is empty'));
  assertThat(Buffer.byteLength(username) <= USERNAME_LIMIT_BYTES, () =>
    invalidRequest(`Parameter "username" is longer than ${USERNAME_LIMIT_BYTES} bytes`),
  );
}
