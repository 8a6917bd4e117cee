import { noteCaller } from '../../audit/tally.ts';
import { assertThat, expiredAccessToken, missingAccessToken, unknownAccessToken } from '../../errors/api-error.ts';
import { type AccessToken, hasExpired } from './access-token.ts';

/** How an access token is found. */
interface AccessTokenSource {
  findAccessToken(id: string): Promise<AccessToken | undefined>;
}

/** The access token that the caller named: 403 where it is missing, unknown or expired (contract 4.1). What is no Unicode names none. */
export async function authenticateCaller(
  { findAccessToken }: AccessTokenSource,
  id: string | undefined,
): Promise<AccessToken> {
  assertThat(id !== undefined && id !== '', missingAccessToken);
  noteCaller({ accessTokenId: id });
  const token = id.isWellFormed() ? await findAccessToken(id) : undefined;
  assertThat(token, () => unknownAccessToken(id));
  const { application, expiresOnMs } = token;
  noteCaller({ accessTokenId: id, application });
  assertThat(!hasExpired(token, Date.now()), () => expiredAccessToken(id, application, expiresOnMs ?? 0));
  return token;
}
