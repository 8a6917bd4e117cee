import { handle } from '../../../functions/profile/update-profile.ts';
import { wireLines } from '../../../functions/shared/config/wire-line.ts';
import { storeIdentity } from '../../../functions/shared/repositories/identities.ts';
import { settleProfile, updateProfile } from '../../../functions/shared/repositories/profile-writes.ts';
import { findProfile } from '../../../functions/shared/repositories/profiles.ts';
import { findTenant } from '../../../functions/shared/repositories/tenants.ts';
import { asAttributes, valuesOf } from '../../support/attributes.ts';
import { allowing, definition } from '../../support/definitions.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { overtakenBy } from '../../support/overtaken.ts';

let api: LocalApi;
const accessTokenId = 'app-token';

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
});
afterAll(() => api.stop());
beforeEach(() =>
  api.seedTenant({
    cleanseAttributes: false,
    attributeDefinitions: [definition('name', { metadata: { type: 'TEXT' } }), definition('note'), definition('gone')],
  }),
);

/** Changes the tenant and has the profile follow, as the sweep does. */
async function changeTenant(id: string, json: Record<string, unknown>) {
  const { status } = await api.request('POST', '/tenant/update', {
    query: { accessTokenId },
    json: { name: 'default', ...json },
  });
  expect(status).toBe(200);
  await api.request('POST', `/profile/${id}/roles/add`, { form: { accessTokenId, role: 'R' } });
}

/** Updates attributes of a profile; `meanwhile` happens after profile and tenant were read. */
async function update(id: string, attributes: string, meanwhile: () => Promise<unknown>) {
  const caller = await api.seedAccessToken();
  const none = undefined;
  const fields = { username: none, password: none, email: none, enabled: none, role: none, attributesToReturn: none };
  const request = {
    caller: Promise.resolve(caller),
    parameters: { id, attributes, ...fields },
    body: undefined,
    files: new Map(),
    query: [],
    settings: { wireLine: wireLines['3.1'] },
  };
  return handle(
    { findProfile, findTenant, settleProfile, updateProfile: overtakenBy(meanwhile, updateProfile), storeIdentity },
    request,
  );
}

const attributesOf = async (id: string) =>
  Object.fromEntries(valuesOf((await findProfile(id))?.attributes ?? new Map()));

test('a write that is done again is cleansed as its tenant asks by then', async () => {
  const { id } = await api.seedProfile();
  const attributeDefinitions = [definition('name', { metadata: { type: 'TEXT' } })];
  const answer = await update(id, '{"name":"<b>"}', () =>
    changeTenant(id, { cleanseAttributes: true, attributeDefinitions }),
  );
  expect(valuesOf(answer.attributes)).toEqual(new Map([['name', '&lt;b&gt;']]));
  expect(await attributesOf(id)).toEqual({ name: '&lt;b&gt;' });
});

test('the answer to a write that is done again shows what the tenant lets the caller read by then', async () => {
  const { id } = await api.seedProfile({ attributes: asAttributes([['note', 'hush']]) });
  const attributeDefinitions = [definition('name'), definition('note', allowing('*', ['WRITE_ATTRIBUTE']))];
  const answer = await update(id, '{"name":"x"}', () => changeTenant(id, { attributeDefinitions }));
  expect(valuesOf(answer.attributes)).toEqual(new Map([['name', 'x']]));
});

test('an attribute that went meanwhile is not written', async () => {
  const { id } = await api.seedProfile();
  const attributeDefinitions = [definition('name'), definition('note')];
  const writing = update(id, '{"gone":1}', () => changeTenant(id, { attributeDefinitions }));
  await expect(writing).rejects.toMatchObject({ kind: 'attributeNotDefined' });
  expect(await attributesOf(id)).toEqual({});
});
