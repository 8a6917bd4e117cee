import { ApiError, assertThat, invalidEmailAddress } from '../../errors/api-error.ts';
import type { AccessToken } from '../access/access-token.ts';
import { isEmailAddress } from '../values/email-address.ts';
import { type LoadedProfile, loadProfile, type ProfileSource } from './load-profile.ts';

/**
 * LOAD for an update with an e-mail address, and the address that is to be stored: none where it is empty. 400 `INVALID_EMAIL_ADDRESS` for one that is
 * none comes before whatever is wrong with the profile (contract 5.18); but the stored one given back is no change, whatever today's rule says of it:
 * consoles send every field, and imported addresses follow no rule.
 */
export async function loadForAddress(
  source: ProfileSource,
  callerOnItsWay: Promise<AccessToken>,
  id: string,
  email: string | undefined,
): Promise<{ readonly loaded: LoadedProfile; readonly email?: string }> {
  if (!email) return { loaded: await loadProfile(source, callerOnItsWay, id) };
  if (isEmailAddress(email)) return { loaded: await loadProfile(source, callerOnItsWay, id), email };
  await callerOnItsWay;
  try {
    const loaded = await loadProfile(source, callerOnItsWay, id);
    assertThat(loaded.profile.email === email, () => invalidEmailAddress(email));
    return { loaded };
  } catch (fault) {
    throw fault instanceof ApiError ? invalidEmailAddress(email) : fault;
  }
}
