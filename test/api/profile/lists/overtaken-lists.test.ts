import * as range from '../../../../functions/profile/get-profile-range.ts';
import { asApp } from '../../../support/as-app.ts';
import { type LocalApi, startLocalApi } from '../../../support/local-api.ts';

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken();
});
afterAll(() => api.stop());

const { post } = asApp(() => api);
const none = undefined;
const requestOf = async <Parameters>(parameters: Parameters) => ({
  caller: Promise.resolve(await api.seedAccessToken()),
  parameters,
  body: undefined,
  files: new Map(),
  query: [],
  settings: {},
});

type ListUsernames = typeof range.dependencies.listUsernames;

/** A tenant with the users a to e; a list of its usernames in pages of two, and between them `happen`. */
async function listing(happen: (idOf: (username: string) => string) => Promise<unknown>) {
  const { name } = await api.seedTenant();
  const ids = new Map<string, string>();
  for (const username of ['a', 'b', 'c', 'd', 'e'])
    ids.set(username, (await api.seedProfile({ tenant: name, username })).id);
  const listUsernames: ListUsernames = async function* (tenantId, order) {
    const first = (await range.dependencies.listUsernames(tenantId, order, 2).next()).value ?? [];
    yield first;
    await happen((username) => ids.get(username) ?? '');
    const last = first.at(-1)?.username ?? '';
    for await (const page of range.dependencies.listUsernames(tenantId, order))
      yield page.filter(({ username }) => (order === 'DESC' ? username < last : username > last));
  };
  return { tenantName: name, listUsernames };
}

const rename = (id: string, username: string) => post(`/profile/${id}/update`, { username });

test.each([
  ['ASC', none, 'a', 'z', ['b', 'c', 'd', 'e', 'z']],
  ['ASC', 3, 'a', 'z', ['b', 'c', 'z']],
  ['DESC', none, 'e', '0', ['d', 'c', 'b', 'a', '0']],
  ['DESC', 3, 'e', '0', ['d', 'c', '0']],
] as const)('a range by username %s, %s at most, is sorted by what it shows', async (...row) => {
  const [sortOrder, count, from, to, usernames] = row;
  const { tenantName, listUsernames } = await listing((idOf) => rename(idOf(from), to));
  const parameters = { tenantName, sortBy: 'username', sortOrder, start: none, count, attributesToReturn: none };
  const found = await range.handle({ ...range.dependencies, listUsernames }, await requestOf(parameters));
  expect(found.map(({ username }) => username)).toEqual(usernames);
});
