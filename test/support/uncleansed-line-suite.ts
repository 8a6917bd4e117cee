import type { WireLineName } from '../../functions/shared/config/wire-line.ts';
import { definition } from './definitions.ts';
import { type ApiRequest, type LocalApi, startLocalApi } from './local-api.ts';

const accessTokenId = 'app-token';
const query = { accessTokenId };
const text = 'Zoë & Co';
const typed = (name: string) => definition(name, { metadata: { type: 'TEXT' }, defaultValue: '<b>' });

/** What holds on a wire line that knows no cleansing (contract 11); `api` is started for the whole file. */
export function uncleansedLineSuite(line: WireLineName): void {
  let api: LocalApi;
  const send = (path: string, json: unknown) => api.request('POST', path, { query, json });
  const read = async (name: string) => (await api.request('GET', `/tenant/${name}`, { query })).body;

  beforeAll(async () => {
    api = await startLocalApi({ env: { WIRE_LINE: line } });
    await api.seedAccessToken({ id: accessTokenId });
  });
  afterAll(() => api.stop());

  describe.each([true, false])('of a tenant that is stored with cleanseAttributes = %s', (cleanseAttributes) => {
    const name = `cleansing-${cleanseAttributes}`;
    const post = (path: string, form: Record<string, string>) =>
      api.request('POST', path, { form: { accessTokenId, ...form } });
    beforeEach(() => api.seedTenant({ name, cleanseAttributes, attributeDefinitions: [typed('company'), typed('x')] }));

    test('a new profile has text and default values as they are, and so does each save', async () => {
      const attributes = JSON.stringify({ company: text });
      const form = { tenantName: name, username: 'zoe', email: 'zoe@example.com', enabled: 'true', attributes };
      const { body } = await post('/profile/create', form);
      expect(body.attributes).toEqual({ company: text, x: '<b>' });
      for (let save = 0; save < 3; save++) {
        const saved = await post(`/profile/${body.id}/update`, { attributes: JSON.stringify(body.attributes) });
        expect(saved.body.attributes).toEqual(body.attributes);
      }
    });

    test.each<[string, string, ApiRequest]>([
      ['GET', '', { query }],
      ['POST', '/verify_new_profiles', { query: { ...query, verify: 'false' } }],
      ['POST', '/roles/add', { query: { ...query, role: 'R' } }],
      ['POST', '/roles/remove', { query: { ...query, role: 'R' } }],
      ['POST', '/attribute_definitions/remove', { query: { ...query, attributeName: 'none' } }],
      ['POST', '/attribute_definitions/add', { query, json: [definition('new')] }],
      ['POST', '/attribute_definitions/update', { query, json: [definition('x')] }],
    ])('%s …%s does not write the field', async (method, path, request) => {
      const answer = await api.request(method, `/tenant/${name}${path}`, request);
      expect(answer.status).toBe(200);
      expect(Object.keys(answer.body)).not.toContain('cleanseAttributes');
    });

    test('neither does the list, nor an update, which keeps what is stored', async () => {
      const { body } = await api.request('GET', '/tenant/all', { query });
      expect(JSON.stringify(body)).not.toContain('cleanseAttributes');
      const tenant = await read(name);
      const answer = await send('/tenant/update', tenant);
      expect([answer.status, answer.body]).toEqual([200, tenant]);
      const stored = (await api.items('profiles')).find(({ pk, sk }) => pk === 'TENANT' && sk === name);
      expect(stored?.cleanseAttributes).toBe(cleanseAttributes);
    });
  });

  describe.each(['create', 'update'])('a tenant/%s with the field', (operation) => {
    const fault = { errorCode: 'OTHER', message: 'The body has unknown property "cleanseAttributes"' };

    test.each([true, false, null, 'true'])('whose value is %j is 400, and nothing is stored', async (value) => {
      const { id } = await api.seedTenant({ name: 'there', availableRoles: ['R'] });
      const name = operation === 'create' ? 'fresh' : 'there';
      const answer = await send(`/tenant/${operation}`, { name, cleanseAttributes: value });
      expect([answer.status, answer.body]).toEqual([400, fault]);
      expect(await read('there')).toMatchObject({ id, availableRoles: ['R'] });
      const { body } = await api.request('GET', '/tenant/all', { query });
      expect(JSON.stringify(body)).not.toContain('"fresh"');
    });

    test('is told after a bad access token and before a missing permission', async () => {
      await api.seedAccessToken({ id: 'powerless', tenantPermissions: [] });
      const json = { name: 'none', cleanseAttributes: true };
      const as = (id: string) => api.request('POST', `/tenant/${operation}`, { query: { accessTokenId: id }, json });
      expect((await as('none')).body.errorCode).toBe('NO_SUCH_ACCESS_TOKEN_ID');
      expect((await as('powerless')).body).toEqual(fault);
    });
  });
}
