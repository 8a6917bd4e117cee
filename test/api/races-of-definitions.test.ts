import { asApp } from '../support/as-app.ts';
import { definition } from '../support/definitions.ts';
import type { Faults } from '../support/faults.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { answersBeyond, installConflicts, overlapping, tally, timed, times, valuesOf } from '../support/races.ts';
import { sweepAll } from '../support/sweeping.ts';

let api: LocalApi;
let store: Faults;
const query = { accessTokenId: 'app-token' };
const WRITES = 25;
const CONFLICTS = 60;

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken();
});
afterAll(() => api.stop());

const { post } = asApp(() => api);

const create = (username: string, attributes = '{}') =>
  post('/profile/create', { tenantName: 'default', username, email: 'a@example.org', enabled: 'true', attributes });
const list = async (path: string, parameters = {}) =>
  (await api.request('GET', `/profile/${path}`, { query: { ...query, tenantName: 'default', ...parameters } })).body;

const define = () =>
  api.request('POST', '/tenant/default/attribute_definitions/add', {
    query,
    json: [definition('a')],
  });
const remove = () => post('/tenant/default/attribute_definitions/remove', { attributeName: 'a' });

/** A value of the attribute, written in each of the ways there are. */
const write = (ids: readonly string[], index: number) => {
  const id = ids[index % ids.length];
  const value = `old ${index}`;
  if (index % 3 === 0) return create(`late ${index}`, JSON.stringify({ a: value }));
  if (index % 3 === 1) return post(`/profile/${id}/update`, { attributes: JSON.stringify({ a: value }) });
  return api.request('POST', `/profile/${id}/attributes/update`, { query, json: { a: value } });
};

/** Every way in which a value could be seen. */
const seen = async () => [
  ...(await list('range')).filter((profile: { attributes: object }) => 'a' in profile.attributes),
  ...(await list('by_existing_attribute', { attributeName: 'a' })),
  ...(await list('by_query', { query: '{"attributes.a": {"$exists": true}}' })),
];

test('of a definition removed beside writes of its attribute, and defined again, no old value is seen or stored', async () => {
  await api.seedTenant({ attributeDefinitions: [definition('a')] });
  const ids = (await times(5, () => api.seedProfile())).map(({ id }) => id);
  await write(ids, 1);
  store = installConflicts(CONFLICTS);
  const writing = times(WRITES, (index) => timed(() => write(ids, index)));
  const removal = await timed(remove);
  // They store the profiles without the attribute, while writes from before still wait for their turn.
  const settling = times(ids.length, (index) => timed(() => post(`/profile/${ids[index]}/roles/add`, { role: 'R' })));
  const [writes, settled] = [await writing, await settling];
  store.uninstall();
  expect(removal.value.status).toBe(200);
  expect(answersBeyond(['200', '400 ATTRIBUTE_NOT_DEFINED'], valuesOf(writes))).toEqual([]);
  expect(tally(valuesOf(writes))[200]).toBeGreaterThan(0);
  expect(tally(valuesOf(settled))).toEqual({ 200: ids.length });
  expect(overlapping(writes, [removal])).toBeGreaterThan(0);
  expect(overlapping(writes, settled)).toBeGreaterThan(0);
  expect(store.injected()).toBeGreaterThan(0);

  expect((await define()).status).toBe(200);
  expect(await seen()).toEqual([]);
  await sweepAll();
  expect(await seen()).toEqual([]);
  expect((await api.items('profiles')).filter(({ attributes }) => JSON.stringify(attributes)?.includes('old'))).toEqual(
    [],
  );
  await api.request('POST', `/profile/${ids[0]}/attributes/update`, { query, json: { a: 'new' } });
  expect((await seen()).map(({ id }) => id)).toEqual([ids[0], ids[0], ids[0]]);
});
