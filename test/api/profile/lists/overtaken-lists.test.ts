import * as range from '../../../../functions/profile/get-profile-range.ts';
import { Headed } from '../../../../functions/shared/http/contract.ts';
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

type ListUsernamePage = typeof range.dependencies.listUsernamePage;

/** A tenant with the users a to e; a list of its usernames in pages of two, and between them `happen`. */
async function listing(happen: (idOf: (username: string) => string) => Promise<unknown>) {
  const { name } = await api.seedTenant();
  const ids = new Map<string, string>();
  for (const username of ['a', 'b', 'c', 'd', 'e'])
    ids.set(username, (await api.seedProfile({ tenant: name, username })).id);
  const listUsernamePage: ListUsernamePage = async (tenantId, usernames, look) => {
    if (look.after !== undefined) await happen((username) => ids.get(username) ?? '');
    return range.dependencies.listUsernamePage(tenantId, usernames, { ...look, limit: 2 });
  };
  return { tenantName: name, listUsernamePage };
}

const rename = (id: string, username: string) => post(`/profile/${id}/update`, { username });

test.each([
  ['ASC', none, 'a', 'z', ['b', 'c', 'd', 'e', 'z']],
  ['ASC', 3, 'a', 'z', ['b', 'c', 'z']],
  ['DESC', none, 'e', '0', ['d', 'c', 'b', 'a', '0']],
  ['DESC', 3, 'e', '0', ['d', 'c', '0']],
] as const)('a range by username %s, %s at most, is sorted by what it shows', async (...row) => {
  const [sortOrder, count, from, to, usernames] = row;
  let isRenamed = false;
  const { tenantName, listUsernamePage } = await listing(async (idOf) => {
    if (!isRenamed) await rename(idOf(from), to);
    isRenamed = true;
  });
  const asked = { start: none, count, cursor: none, explain: none, attributesToReturn: none };
  const parameters = { tenantName, sortBy: 'username', sortOrder, ...asked };
  const found = await range.handle({ ...range.dependencies, listUsernamePage }, await requestOf(parameters));
  const shown = found instanceof Headed ? found.result : found;
  expect(shown.map(({ username }) => username)).toEqual(usernames);
});
