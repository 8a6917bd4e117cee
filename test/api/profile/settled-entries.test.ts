import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { orphansIn, readStored } from '../../support/orphans.ts';

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  await api.seedAccessToken({ id: 'token' });
});
afterAll(() => api.stop());

const post = (path: string, form: Readonly<Record<string, string>> = {}) =>
  api.request('POST', path, { form, headers: { authorization: 'Bearer token' } });

const tokenOf = async (id: string): Promise<string> => (await post(`/profile/${id}/verification_token/create`)).body.id;

const writes = {
  disableProfile: (id: string) => post(`/profile/${id}/disable`),
  enableProfile: (id: string) => post(`/profile/${id}/enable`),
  verifyProfile: async (id: string) => post('/profile/verify', { verificationTokenId: await tokenOf(id) }),
  changePassword: async (id: string) =>
    post('/profile/change_password', { resetTokenId: await tokenOf(id), newPassword: 'another' }),
};

test.each(Object.entries(writes))(
  '%s of a profile that lags behind takes its old role out of the index',
  async (name, write) => {
    const tenant = await api.seedTenant({ name, availableRoles: ['OLD'], shards: 1 });
    const { id } = await api.seedProfile({ tenant: tenant.name, roles: ['OLD'] });
    expect((await post(`/tenant/${name}/roles/remove`, { role: 'OLD' })).status).toBe(200);
    expect(await write(id)).toMatchObject({ status: 200, body: { roles: [] } });
    expect(orphansIn(await readStored(api))).toEqual([]);
    const ofRoles = (await api.items('profiles')).filter(({ pk }) => pk === `INDEX#${tenant.id}#0#roles`);
    expect(ofRoles.map(({ sk }) => String(sk).split('\u0000')[0])).toEqual(['0']);
  },
);
