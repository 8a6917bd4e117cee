import { asAttributes } from '../../../support/attributes.ts';
import { type LocalApi, startLocalApi } from '../../../support/local-api.ts';
import { accessTokenId, getter } from './people.ts';

/** Sixty profiles of 100 kB each: 6 MB together. */
let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
  const permissions = [{ application: '*', allowedActions: ['*'] }];
  const attributeDefinitions = [{ name: 'text', metadata: null, defaultValue: null, permissions }];
  await api.seedTenant({ name: 'acme', attributeDefinitions });
  const attributes = asAttributes([['text', 'x'.repeat(100_000)]]);
  for (let n = 0; n < 60; n++) await api.seedProfile({ tenant: 'acme', username: `u${n}`, createdAtMs: n, attributes });
});
afterAll(() => api.stop());

const lists = [
  ['range', {}],
  ['range', { sortBy: 'email' }],
  ['by_query', { query: '{}' }],
  ['by_existing_attribute', { attributeName: 'text' }],
] as const;

test.each(lists)('%s with %j refuses what no function may answer', async (path, query) => {
  expect(await getter(() => api, `/profile/${path}`)(query)).toEqual({
    status: 400,
    body: { errorCode: 'OTHER', message: 'The result is too large: use start and count' },
  });
});

test.each(lists)('%s with %j answers it without the attributes', async (path, query) => {
  const { body } = await getter(() => api, `/profile/${path}`)({ ...query, attributesToReturn: '$none' });
  expect(body).toHaveLength(60);
});

test('a page of it is answered', async () => {
  const { body } = await getter(() => api, '/profile/range')({ start: '10', count: '50' });
  expect(body).toHaveLength(50);
});
