import { asApp } from '../support/as-app.ts';
import type { Faults } from '../support/faults.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { findOrphans } from '../support/orphans.ts';
import { answersBeyond, installConflicts, overlapping, tally, timed, times, valuesOf } from '../support/races.ts';
import { sweepAll } from '../support/sweeping.ts';

let api: LocalApi;
let store: Faults;
const query = { accessTokenId: 'app-token' };
const CREATES = 30;
const LANES = 6;
const CONFLICTS = 20;

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  await api.seedAccessToken({ master: true });
});
afterAll(() => api.stop());
beforeEach(() => {
  store = installConflicts(CONFLICTS);
});
afterEach(async () => {
  store.uninstall();
  await deleteTenant();
  await sweepAll();
  expect(await api.items('profiles')).toEqual([]);
});

const { post } = asApp(() => api);

const create = (username: string) =>
  post('/profile/create', { tenantName: 'raced', username, email: 'a@example.org', enabled: 'true' });
const list = async (path: string) =>
  (await api.request('GET', `/profile/${path}`, { query: { ...query, tenantName: 'raced' } })).body;

const usernames = Array.from({ length: CREATES }, (_, index) => `user ${index}`);
const deleteTenant = () => post('/tenant/raced/delete');
const makeTenant = () => api.request('POST', '/tenant/create', { query, json: { name: 'raced' } });

/** Creates in several lanes; the tenant is deleted once the first ones are through. */
async function race() {
  const old: string = (await makeTenant()).body.id;
  const creating = times(LANES, async (lane) => {
    const mine = [];
    for (let index = lane; index < CREATES; index += LANES)
      mine.push(await timed(() => create(usernames[index] ?? '')));
    return mine;
  });
  await create('early');
  const removal = await timed(deleteTenant);
  return { old, creating: creating.then((lanes) => lanes.flat()), removal };
}

/** Profiles that a list shows, usernames that find one, and the count. */
async function seen(): Promise<readonly string[]> {
  const listed: string[] = (await list('range')).map(({ username }: { username: string }) => username).sort();
  const looked = await Promise.all(
    ['early', ...usernames].map((username) =>
      api.request('GET', '/profile/by_username', { query: { ...query, tenantName: 'raced', username } }),
    ),
  );
  const found: string[] = looked.filter(({ body }) => body).map(({ body }) => body.username);
  expect(found.sort()).toEqual(listed);
  expect(await list('count')).toBe(listed.length);
  return listed;
}

/** No item that is not of the tenant as it is now or of its profiles. */
async function expectNothingLeftOf(old: string): Promise<void> {
  const ids = new Set((await list('range')).map(({ id }: { id: string }) => id));
  const items = await api.items('profiles');
  expect(
    items.filter(({ tenantId, pk, sk }) => tenantId === old || sk === old || `${pk}`.startsWith(`INDEX#${old}#`)),
  ).toEqual([]);
  expect(items.filter(({ pk }) => pk !== 'TENANT' && pk !== 'TENANT_BODY')).toHaveLength(4 * ids.size);
  expect(await findOrphans(api)).toEqual([]);
}

test.each(['before', 'after'])(
  'made anew after creates, it is empty, and all names can be had %s the sweep',
  async (when) => {
    const { old, creating, removal } = await race();
    const creates = await creating;
    store.reset();
    expect(answersBeyond(['200', '404 NO_SUCH_TENANT'], valuesOf(creates))).toEqual([]);
    expect(tally(valuesOf(creates))).toEqual({ 200: expect.any(Number), '404 NO_SUCH_TENANT': expect.any(Number) });
    expect(overlapping(creates, [removal])).toBeGreaterThan(0);
    expect(store.injected()).toBeGreaterThan(0);

    expect((await makeTenant()).status).toBe(200);
    expect(await seen()).toEqual([]);
    if (when === 'after') await sweepAll();
    expect(await seen()).toEqual([]);
    expect(tally(await Promise.all(['early', ...usernames].map((username) => create(username))))).toEqual({
      200: CREATES + 1,
    });
    await sweepAll();
    expect(await seen()).toHaveLength(CREATES + 1);
    await expectNothingLeftOf(old);
  },
);

test('made anew while creates go on, each name belongs to one profile or can be had', async () => {
  const { old, creating } = await race();
  expect((await makeTenant()).status).toBe(200);
  const creates = await creating;
  store.reset();
  expect(answersBeyond(['200', '404 NO_SUCH_TENANT'], valuesOf(creates))).toEqual([]);
  const there = await seen();
  expect(there.length).toBeGreaterThan(0);
  expect(there).not.toContain('early');
  const again = await Promise.all(['early', ...usernames].map((username) => create(username)));
  expect(tally(again)).toEqual({ 200: CREATES + 1 - there.length, '409 PROFILE_EXISTS': there.length });
  await sweepAll();
  expect(await seen()).toHaveLength(CREATES + 1);
  await expectNothingLeftOf(old);
});
