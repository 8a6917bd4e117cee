import { forgetSettings } from '../../../functions/shared/config/configuration.ts';
import type { WireLineName } from '../../../functions/shared/config/wire-line.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import type { generations } from '../../support/old-client.ts';
import { seedOldWorld } from '../../support/old-client-suite.ts';
import { createThroughProxy, openPage, saveRoles, saveTenant, signInToConsole } from '../../support/old-clients.ts';

/** What `docs/moving-in.md` says is seen where the line is not the clients'. */

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi();
});
afterAll(() => api.stop());

const on = (line: WireLineName, versions: keyof typeof generations) => {
  process.env.WIRE_LINE = line;
  forgetSettings();
  return seedOldWorld(api, versions);
};

test.each(['3.1', '3.1.0'] as const)(
  '2.5.2 and 3.0.0 on %s: no page for a cookie whose login is gone',
  async (line) => {
    const { client, zoe } = await on(line, '2.5.2 and 3.0.0');
    const cookie = { id: '11111111-2222-4333-8444-555555555555', profileId: zoe.id, token: 'any' };
    for (let page = 0; page < 3; page++)
      await expect(openPage(client, { rememberMe: cookie })).rejects.toThrow('404 NO_SUCH_PERSISTENT_LOGIN');
  },
);

test.each(['3.1', '3.1.0'] as const)('Social on %s: its proxy does not know that a name is taken', async (line) => {
  const { client } = await on(line, '2.5.2 and 3.0.0');
  const form = { tenantName: 'beta', username: 'zoe', email: 'z@example.com', enabled: 'true' };
  await expect(createThroughProxy(client, form)).rejects.toThrow('409 PROFILE_EXISTS');
});

test.each(['2.5.2 and 3.0.0', '3.0.1 to 3.1.4'] as const)(
  '%s on 3.1: each save escapes once more',
  async (versions) => {
    const { client, zoe } = await on('3.1', versions);
    const company = async () =>
      (await api.request('GET', `/profile/${zoe.id}`, { query: { accessTokenId: 'console' } })).body.attributes.company;
    await saveRoles(client, zoe.id, ['R']);
    expect(await company()).toBe('Zo&euml; &amp; Co');
    await saveRoles(client, zoe.id, ['R']);
    expect(await company()).toBe('Zo&amp;euml; &amp;amp; Co');
  },
);

test.each(['2.5.2 and 3.0.0', '3.0.1 to 3.1.4'] as const)(
  '%s on 3.1: a tenant without cleansing locks the console',
  async (versions) => {
    const { client } = await on('3.1', versions);
    await api.seedTenant({ name: 'other', cleanseAttributes: false });
    await expect(signInToConsole(client, 'zoe', 'right')).rejects.toThrow('cleanseAttributes');
  },
);

test.each(['3.0', '3.1.0'] as const)('3.1.5 and newer on %s: a tenant cannot be saved', async (line) => {
  const { client } = await on(line, '3.1.5 and newer');
  await expect(saveTenant(client, 'beta')).rejects.toThrow('400 OTHER');
});

test.each(['3.0.1 to 3.1.4', '3.1.5 and newer'] as const)(
  '%s on 3.0: the refusal of a token is not readable',
  async (versions) => {
    const { client } = await on('3.0', versions);
    await api.seedAccessToken({ id: 'console', expiresOnMs: 1 });
    await expect(openPage(client, { ticket: 'any' })).rejects.toThrow('unknown error code EXPIRED_ACCESS_TOKEN');
  },
);
