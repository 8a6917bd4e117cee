import * as z from 'zod/mini';
import { type OldClient, ServiceError, shapes, tenantShape } from './old-client.ts';

/** What the applications of the old server send, call by call, in their order (contract 5, 6.10, 7). */

export type Profile = z.output<typeof shapes.profile>;

/** The cookies of a browser, as the login library keeps them. */
export interface Cookies {
  readonly ticket?: string | undefined;
  readonly rememberMe?: { readonly id: string; readonly profileId: string; readonly token: string } | undefined;
}

/** A page as the login library lets it through: who is signed in, and the cookies from then on. */
export interface Page {
  readonly profile: Profile | undefined;
  readonly cookies: Cookies;
}

/** Undefined where the server told just this error; whatever else it tells is a system error: a 500 of the application. */
export async function unless<Result>(code: string, calling: Promise<Result>): Promise<Result | undefined> {
  try {
    return await calling;
  } catch (error) {
    if (error instanceof ServiceError && error.code === code) return undefined;
    throw error;
  }
}

/** Login library: one tenant after the other, until one knows name and password; then the profile by its id. */
export async function signIn(client: OldClient, tenants: readonly string[], username: string, password: string) {
  for (const tenantName of tenants) {
    const form = { tenantName, username, password };
    const ticket = await unless('BAD_CREDENTIALS', client.post(shapes.ticket, '/authentication/authenticate', form));
    if (ticket === undefined) continue;
    const profile = await client.find(shapes.profile, `/profile/${ticket.profileId}`);
    return { profile, cookies: { ticket: ticket.id } };
  }
  return undefined;
}

/** Console: every tenant is asked for first. */
export async function signInToConsole(client: OldClient, username: string, password: string) {
  const tenants = await client.get(z.array(tenantShape(client)), '/tenant/all');
  return signIn(
    client,
    tenants.map(({ name }) => name),
    username,
    password,
  );
}

/** Login library, with "remember me" ticked: the login's id, profile and token go into a cookie. */
export async function rememberMe(client: OldClient, { profile, cookies }: Page): Promise<Page> {
  const fields = { profileId: profile?.id ?? '' };
  const { id, profileId, token } = await client.post(shapes.login, '/authentication/persistent_login/create', fields);
  return { profile, cookies: { ...cookies, rememberMe: { id, profileId, token } } };
}

/** Login library: whose ticket it is; a ticket that is gone is nobody's. */
const byTicket = (client: OldClient, ticketId: string): Promise<Profile | undefined> =>
  unless('NO_SUCH_TICKET', client.find(shapes.profile, '/profile/by_ticket', { ticketId }));

/** Login library: a login of the cookie that is there and right becomes a new ticket and a new token; one that is not loses its cookie. */
async function byRememberMe(client: OldClient, cookie: NonNullable<Cookies['rememberMe']>): Promise<Page> {
  const path = `/authentication/persistent_login/${cookie.id}`;
  const login = await client.find(shapes.login, path);
  if (login === undefined) return { profile: undefined, cookies: {} };
  if (login.profileId !== cookie.profileId || login.token !== cookie.token) {
    // Somebody else has used the cookie: nobody shall any more.
    await client.order(`${path}/delete`);
    return { profile: undefined, cookies: {} };
  }
  const ticket = await client.post(shapes.ticket, '/authentication/ticket/create', { profileId: login.profileId });
  const { token } = await client.post(shapes.login, `${path}/refresh_token`);
  const profile = await client.find(shapes.profile, `/profile/${login.profileId}`);
  return { profile, cookies: { ticket: ticket.id, rememberMe: { ...cookie, token } } };
}

/** Login library, on every page: by the ticket, else by the remember-me cookie, else nobody. */
export async function openPage(client: OldClient, cookies: Cookies): Promise<Page> {
  const profile = cookies.ticket === undefined ? undefined : await byTicket(client, cookies.ticket);
  if (profile !== undefined) return { profile, cookies };
  if (cookies.rememberMe === undefined) return { profile: undefined, cookies: {} };
  return byRememberMe(client, cookies.rememberMe);
}

/** An application that keeps the profile: only whether the ticket lives, which its asking prolongs. */
export const validateTicket = (client: OldClient, { ticket = '' }: Cookies) =>
  client.find(shapes.ticket, `/authentication/ticket/${ticket}`);

/** Login library: ticket, login and both cookies go. */
export async function signOut(client: OldClient, { ticket, rememberMe: login }: Cookies): Promise<Cookies> {
  if (ticket !== undefined) await client.order(`/authentication/ticket/${ticket}/invalidate`);
  if (login !== undefined) await client.order(`/authentication/persistent_login/${login.id}/delete`);
  return {};
}

/** Console, form of a user: everything is sent as it was read, but for the roles; roles one by one, no attributes wanted back. */
export async function saveRoles(client: OldClient, id: string, role: readonly string[]): Promise<Profile> {
  const read = await client.get(shapes.profile, `/profile/${id}`);
  const { username, email, enabled, attributes } = read;
  const form = { username, email, enabled: String(enabled), role, attributes: JSON.stringify(attributes) };
  return client.post(shapes.profile, `/profile/${id}/update`, { ...form, attributeToReturn: '$none' });
}

/** Console, form of a tenant: the whole tenant is sent as it was read; who knows cleansing always says it. */
export async function saveTenant(client: OldClient, name: string, availableRoles?: readonly string[]) {
  const shape = tenantShape(client);
  const read = await client.get(shape, `/tenant/${name}`);
  const cleansing = client.generation.cleansing ? { cleanseAttributes: true } : {};
  const tenant = { ...cleansing, ...read, ...(availableRoles && { availableRoles }) };
  return client.postJson(shape, '/tenant/update', tenant);
}

/** Console, list of users: how many there are, and one page of them. */
export async function listUsers(client: OldClient, tenantName: string, page: number, size: number) {
  const total = await client.get(shapes.number, '/profile/count', { tenantName });
  const order = { sortBy: 'username', sortOrder: 'ASC', start: String(page * size), count: String(size) };
  const fields = { tenantName, ...order, attributeToReturn: '$none' };
  return { total, users: await client.get(shapes.profiles, '/profile/range', fields) };
}

/** Console, search in that list. */
export async function searchUsers(client: OldClient, tenantName: string, part: string) {
  const fields = { tenantName, query: `{username: {$regex: '.*${part}.*', $options: 'i'}}` };
  const total = await client.get(shapes.number, '/profile/count_by_query', fields);
  const order = { sortBy: 'username', sortOrder: 'ASC', start: '0', count: '10' };
  return { total, users: await client.get(shapes.profiles, '/profile/by_query', { ...fields, ...order }) };
}

/** Application, "I forgot my password": by the name; false where nobody has it. */
export async function askForReset(client: OldClient, tenantName: string, username: string): Promise<boolean> {
  const profile = await client.find(shapes.profile, '/profile/by_username', { tenantName, username });
  if (profile === undefined) return false;
  const resetPasswordUrl = 'https://app.example.com/reset';
  await client.post(shapes.profile, `/profile/${profile.id}/reset_password`, { resetPasswordUrl });
  return true;
}

/** Application, page of the link: is the token good; then the new password. */
export async function resetPassword(client: OldClient, resetTokenId: string, newPassword: string) {
  const token = await client.find(shapes.verificationToken, `/profile/verification_token/${resetTokenId}`);
  if (token === undefined) return undefined;
  return client.post(shapes.profile, '/profile/change_password', { resetTokenId, newPassword });
}

/** Social, proxy: makes the profile, or, where the name is taken, which is a 400 to it, does without. */
export async function createThroughProxy(client: OldClient, form: Readonly<Record<string, string>>) {
  try {
    return await client.post(shapes.profile, '/profile/create', form);
  } catch (error) {
    if (error instanceof ServiceError && error.status === 400 && error.code === 'PROFILE_EXISTS') return undefined;
    throw error;
  }
}

/** Social, sign-in through a network: all attributes are saved again, apart from the profile, and a ticket is made without a password. */
export async function signInThroughSocial(client: OldClient, tenantName: string, username: string) {
  const profile = await client.find(shapes.profile, '/profile/by_username', { tenantName, username });
  if (profile === undefined) return undefined;
  const path = `/profile/${profile.id}/attributes/update`;
  const saved = await client.postJson(shapes.profile, path, profile.attributes);
  const ticket = await client.post(shapes.ticket, '/authentication/ticket/create', { profileId: profile.id });
  return { profile: saved, cookies: { ticket: ticket.id } };
}
