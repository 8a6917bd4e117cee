import { deleteAccessToken, findAccessToken } from '../../functions/shared/repositories/access-tokens.ts';

/** Deletes an access token of any id, as contract 5.4 does for those that a URL can name; says so. Rejects where there is none. */
export async function endAccessToken(id: string): Promise<string> {
  const token = await findAccessToken(id);
  if (token === undefined) throw new Error(`There is no access token ${JSON.stringify(id)}`);
  await deleteAccessToken(id);
  return `The access token ${JSON.stringify(id)} of application "${token.application ?? ''}" is ended.`;
}
