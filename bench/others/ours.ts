import * as z from 'zod/mini';
import { newTenant } from '../../functions/shared/domain/tenant/tenant.ts';
import { createTenant } from '../../functions/shared/repositories/tenants.ts';
import { sample } from '../../lib/openapi/sample.ts';
import { definition } from '../../test/support/definitions.ts';
import { growTo, roleOfHundreds } from '../growing-tenant.ts';
import type { Comparison } from './better-auth.ts';

const PASSWORD = 'password-of-all';
const tenantName = 'growing';

const withId = z.object({ id: z.string() });
const made = async (answer: Promise<Response>) => z.parse(withId, await (await answer).json());

/** The operations on a tenant of so many profiles, sent to a server of ours whose store this process has in its environment. */
export async function requestsToOurs(url: string, profiles: number): Promise<Comparison> {
  const attributeDefinitions = [definition('city', { metadata: { indexed: true } })];
  const wanted = { name: tenantName, verifyNewProfiles: false, availableRoles: [roleOfHundreds], ssoEnabled: false };
  const tenant = newTenant({ ...wanted, cleanseAttributes: false, attributeDefinitions }, Date.now());
  await createTenant(tenant);
  await growTo({ tenant, places: [] }, profiles);
  const address = (path: string, query: Readonly<Record<string, string>> = {}) =>
    `${url}/crafter-profile/api/1${path}?${new URLSearchParams({ accessTokenId: sample.accessToken, ...query })}`;
  const get = (path: string, query: Readonly<Record<string, string>> = {}) => fetch(address(path, query));
  const post = (path: string, form: Readonly<Record<string, string>>) =>
    fetch(address(path), { method: 'POST', body: new URLSearchParams(form) });
  const create = (username: string) =>
    post('/profile/create', {
      tenantName,
      username,
      password: PASSWORD,
      email: `${username}@example.com`,
      enabled: 'true',
    });
  const { id } = await made(create('signer'));
  const ticket = await made(post('/authentication/ticket/create', { profileId: id }));
  return {
    name: 'ours',
    requests: {
      'list of 100 by role': () => get('/profile/by_role', { tenantName, role: roleOfHundreds }),
      'query on an attribute': () => get('/profile/by_query', { tenantName, query: "{attributes.city: 'C7'}" }),
      'by id': () => get(`/profile/${id}`),
      'by username': () => get('/profile/by_username', { tenantName, username: 'user501' }),
      session: () => get('/profile/by_ticket', { ticketId: ticket.id }),
      update: (round) => post(`/profile/${id}/update`, { attributes: JSON.stringify({ city: `C${round}` }) }),
      create: (round) => create(`new${round}`),
      'sign-in': () => post('/authentication/authenticate', { tenantName, username: 'signer', password: PASSWORD }),
    },
  };
}
