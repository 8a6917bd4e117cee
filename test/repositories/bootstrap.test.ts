import { bootstrap } from '../../lib/admin/bootstrap.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi();
});
afterAll(() => api.stop());

const options = {
  tenant: 'default',
  application: 'ops',
  username: 'root',
  email: 'root@example.com',
  again: false,
  cleanses: true,
};

test('makes a master token, a tenant and an administrator that work, once however many try', async () => {
  const tries = await Promise.allSettled(Array.from({ length: 5 }, () => bootstrap(options)));
  const [made, ...more] = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  if (made === undefined) throw new Error('None succeeded');
  expect(more).toEqual([]);
  const query = { accessTokenId: made.accessTokenId };

  const tokens = await api.request('GET', '/access_token/all', { query });
  expect(tokens.body).toEqual([
    {
      id: made.accessTokenId,
      application: 'ops',
      master: true,
      tenantPermissions: [{ tenant: '*', allowedActions: ['*'] }],
      expiresOn: null,
    },
  ]);
  const form = { tenantName: 'default', username: 'root', password: made.password };
  const ticket = await api.request('POST', '/authentication/authenticate', { query, form });
  expect(ticket.status).toBe(200);
  const stored = JSON.stringify(await Promise.all([api.items('profiles'), api.items('tokens')]));
  expect(stored).not.toContain(made.password);

  await expect(bootstrap({ ...options, username: 'other' })).rejects.toThrow('bootstrapped already');
  expect((await api.request('GET', '/access_token/all', { query })).body).toHaveLength(1);
});

test('makes another token and administrator when told so, in the tenant that is there', async () => {
  await expect(bootstrap({ ...options, again: true })).rejects.toThrow('choose another --username');
  const made = await bootstrap({ ...options, username: 'second', again: true });
  const query = { accessTokenId: made.accessTokenId };
  expect((await api.request('GET', '/tenant/count', { query })).body).toBe(1);
  const answer = await api.request('GET', '/profile/count', { query: { ...query, tenantName: 'default' } });
  expect(answer.body).toBe(2);
});

test('refuses an address that is none, and writes nothing', async () => {
  const before = await api.items('profiles');
  await expect(bootstrap({ ...options, email: 'nobody', again: true, username: 'x' })).rejects.toThrow('e-mail');
  expect(await api.items('profiles')).toEqual(before);
});

test('makes a tenant without cleansing when told so, and changes none that is there', async () => {
  const plain = { ...options, tenant: 'plain', username: 'plain', again: true, cleanses: false };
  const { accessTokenId } = await bootstrap(plain);
  const query = { accessTokenId };
  expect((await api.request('GET', '/tenant/plain', { query })).body.cleanseAttributes).toBe(false);
  const form = { tenantName: 'plain', username: 'e', password: 'x', email: 'e@example.com', enabled: 'true' };
  const attributes = '{"firstName":"Noël & <b>"}';
  const created = await api.request('POST', '/profile/create', { query, form: { ...form, attributes } });
  expect(created.body.attributes).toEqual({ firstName: 'Noël & <b>' });
  await bootstrap({ ...plain, username: 'more' });
  await expect(bootstrap({ ...plain, tenant: 'default', username: 'other' })).rejects.toThrow('with cleansing');
});
