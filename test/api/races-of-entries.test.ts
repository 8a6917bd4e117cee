import { asApp } from '../support/as-app.ts';
import { asAttributes } from '../support/attributes.ts';
import { definition } from '../support/definitions.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';
import { findOrphans } from '../support/orphans.ts';
import { answersBeyond, installConflicts, overlapping, timed, times, valuesOf } from '../support/races.ts';
import { sweepAll } from '../support/sweeping.ts';
import { PARALLEL } from '../support/thoroughness.ts';

let api: LocalApi;
const { post, get } = asApp(() => api);
const query = { accessTokenId: 'app-token' };

beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
  await api.seedAccessToken();
  await api.seedTenant({
    availableRoles: ['A', 'B', 'C'],
    attributeDefinitions: [
      definition('x', { metadata: { indexed: true } }),
      definition('y', { metadata: { indexed: ['deep', 'list'] } }),
      definition('z'),
    ],
  });
});
afterAll(() => api.stop());

const ROLES = ['A', 'B', 'C'];
const roleOf = (index: number) => ROLES[index % ROLES.length] ?? '';
const set = (id: string, json: unknown) => api.request('POST', `/profile/${id}/attributes/update`, { query, json });
const aProfile = () => api.seedProfile({ roles: ['A'], attributes: asAttributes([['x', 'old']]) });

/** So many at once on a store that has conflicts; what came of them, none of which may be a 500. */
async function race(each: (index: number) => ReturnType<typeof post>, expected: readonly string[] = ['200']) {
  const store = installConflicts(PARALLEL);
  const answers = await times(PARALLEL, (index) => timed(() => each(index)));
  const injected = store.injected();
  store.uninstall();
  expect(answersBeyond(expected, valuesOf(answers))).toEqual([]);
  expect(overlapping(answers, answers)).toBe(PARALLEL);
  expect(injected).toBeGreaterThan(0);
  expect(await findOrphans(api)).toEqual([]);
}

test('of roles that are given and taken at once, the index is that of those that are left', async () => {
  const { id } = await aProfile();
  await race((index) => post(`/profile/${id}/roles/${index % 2 ? 'add' : 'remove'}`, { role: roleOf(index) }));
});

test('of roles that are given at once, none is lost', async () => {
  const { id } = await aProfile();
  await race((index) => post(`/profile/${id}/roles/add`, { role: `ROLE_${index}` }));
  expect((await get(`/profile/${id}`)).body.roles).toHaveLength(PARALLEL + 1);
});

test('attributes that are set and removed at once, indexed ones and others', async () => {
  const { id } = await aProfile();
  await race((index) => {
    if (index % 4 === 0) return post(`/profile/${id}/attributes/remove`, { attributeName: index % 8 ? 'x' : 'y' });
    if (index % 4 === 1) return set(id, { x: index, z: index });
    if (index % 4 === 2) return set(id, { y: { deep: `v${index}`, list: [index, 'a'] } });
    return set(id, { z: index });
  });
});

test('roles, attributes, names, passwords and switches of one profile at once', async () => {
  const { id } = await aProfile();
  await race((index) => {
    if (index % 4 === 0) return post(`/profile/${id}/update`, { username: `name ${index}`, role: roleOf(index) });
    if (index % 4 === 1) return post(`/profile/${id}/update`, { password: 'new', attributes: `{"x": ${index}}` });
    if (index % 4 === 2) return post(`/profile/${id}/disable`);
    return post(`/profile/${id}/roles/add`, { role: roleOf(index) });
  });
});

test('a profile that is deleted while it is written to leaves no entry', async () => {
  const { id } = await aProfile();
  await race(
    (index) =>
      index === PARALLEL - 1
        ? post(`/profile/${id}/delete`)
        : post(`/profile/${id}/roles/add`, { role: roleOf(index) }),
    ['200', '404 NO_SUCH_PROFILE'],
  );
  const items = await api.items('profiles');
  expect(items.filter(({ sk }) => `${sk}`.endsWith(`#${id}`))).toEqual([]);
});

test('profiles that are written to while their tenant takes roles and fields away and indexes others', async () => {
  const profiles = await times(4, aProfile);
  const idOf = (index: number) => profiles[index % profiles.length]?.id ?? '';
  let isOver = false;
  const sweeping = (async () => {
    while (!isOver) await sweepAll();
  })();
  const indexed = (index: number) => (index % 8 ? ['deep'] : index % 3 === 0);
  await race((index) => {
    if (index % 6 === 0) {
      const json = [definition('x', { metadata: { indexed: indexed(index) } })];
      return api.request('POST', '/tenant/default/attribute_definitions/update', { query, json });
    }
    if (index % 6 === 1) return post('/tenant/default/roles/remove', { role: roleOf(index) });
    if (index % 6 === 2) return set(idOf(index), { x: { deep: index } });
    if (index % 6 === 3) return post(`/profile/${idOf(index)}/roles/remove`, { role: roleOf(index) });
    return post(`/profile/${idOf(index)}/roles/add`, { role: roleOf(index) });
  });
  isOver = true;
  await sweeping;
  await sweepAll();
  expect(await findOrphans(api)).toEqual([]);
});
