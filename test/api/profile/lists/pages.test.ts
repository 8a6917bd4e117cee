import { asAttributes } from '../../../support/attributes.ts';
import { definition } from '../../../support/definitions.ts';
import { type LocalApi, startLocalApi } from '../../../support/local-api.ts';

let api: LocalApi;
let token: string;
let other: string;
const tenantName = 'acme';

beforeAll(async () => {
  api = await startLocalApi();
  token = (await api.seedAccessToken({ id: 'token-a' })).id;
  other = (await api.seedAccessToken({ id: 'token-b' })).id;
  const attributeDefinitions = [
    definition('größe %\r\n"', { metadata: { indexed: true } }),
    definition('rank', { metadata: { indexed: true } }),
    definition('plain'),
  ];
  await api.seedTenant({ name: tenantName, attributeDefinitions, shards: 1 });
  for (let number = 0; number < 23; number++) {
    const attributes = asAttributes([
      ['größe %\r\n"', 'L'],
      ['plain', number % 3],
      ...(number % 4 === 0 ? [] : [['rank', number % 5] as const]),
    ]);
    await api.seedProfile({ tenant: tenantName, createdAtMs: 1000 + (number % 7), roles: ['MEMBER'], attributes });
  }
});
afterAll(() => api.stop());

type Query = Readonly<Record<string, string>>;

const get = (path: string, query: Query, accessTokenId = token) =>
  api.request('GET', path, { query: { tenantName, ...query }, headers: { authorization: `Bearer ${accessTokenId}` } });

const idsOf = (body: readonly { readonly id: string }[]) => body.map(({ id }) => id);

/** The ids of the pages from the first on, each found by the link of the one before it. */
async function walked(path: string, query: Query): Promise<readonly (readonly string[])[]> {
  const pages: (readonly string[])[] = [];
  let next: string | undefined = `${path}?${new URLSearchParams({ tenantName, ...query })}`;
  while (next !== undefined && pages.length < 50) {
    const { status, body, headers } = await api.request('GET', next, { headers: { authorization: `Bearer ${token}` } });
    if (status !== 200) throw new Error(body.message);
    pages.push(idsOf(body));
    const [, target] = /^<(\?.*)>; rel="next"$/.exec(headers.get('link') ?? '') ?? [];
    next = target === undefined ? undefined : `${path}${target}`;
  }
  return pages;
}

const lists: readonly (readonly [path: string, query: Query])[] = [
  ['/profile/range', {}],
  ['/profile/by_query', { query: '{}' }],
  ['/profile/by_query', { query: '{enabled: true}' }],
  ['/profile/by_query', { query: '{attributes.rank: {$gte: 1}}' }],
  ['/profile/by_role', { role: 'MEMBER' }],
  ['/profile/by_existing_attribute', { attributeName: 'rank' }],
  ['/profile/by_existing_attribute', { attributeName: 'plain' }],
  ['/profile/by_attribute_value', { attributeName: 'größe %\r\n"', attributeValue: 'L' }],
];
const orders: readonly Query[] = [
  {},
  ...['username', 'email', 'attributes.rank', 'attributes.plain', 'roles', 'createdOn', 'nothing'].flatMap((sortBy) => [
    { sortBy, sortOrder: 'ASC' },
    { sortBy },
  ]),
];

describe.each(lists)('%s with %j', (path, query) => {
  test.each(orders)('has, page by page and sorted by %j, what it has at once', async (order) => {
    const { body, headers } = await get(path, { ...query, ...order });
    const all = idsOf(body);
    expect([all.length > 10, headers.get('link')]).toEqual([true, null]);
    for (const count of [6, all.length]) {
      const pages = await walked(path, { ...query, ...order, cursor: '', count: String(count) });
      expect(pages.flat()).toEqual(all);
      expect(pages.slice(0, -1).every(({ length }) => length === count)).toBe(true);
      expect(pages.at(-1)?.length).toBeGreaterThan(0);
    }
  });
});

const message = 'Parameter "cursor" is of no page of this list: it goes with the same access token, filter and order';

describe('a cursor', () => {
  const page = { sortBy: 'email', count: '5' };
  const cursorOf = async (query: Query = page) => (await get('/profile/range', query)).headers.get('next-cursor') ?? '';

  test('leads nobody else anywhere, nor to another list', async () => {
    const cursor = await cursorOf();
    for (const [path, query, caller] of [
      ['/profile/range', { ...page, cursor }, other],
      ['/profile/range', { ...page, sortOrder: 'ASC', cursor }, token],
      ['/profile/range', { count: '5', cursor }, token],
      ['/profile/by_query', { ...page, query: '{}', cursor }, token],
      ['/profile/by_role', { ...page, role: 'MEMBER', cursor }, token],
      ['/profile/range', { ...page, cursor: `${cursor}A` }, token],
      ['/profile/range', { ...page, cursor: 'made-up' }, token],
    ] as const) {
      const { status, body } = await get(path, query, caller);
      expect([status, body]).toEqual([400, { errorCode: 'OTHER', message }]);
    }
  });

  test('is none beside start', async () => {
    const { status, body } = await get('/profile/range', { ...page, start: '1', cursor: await cursorOf() });
    expect([status, body.message]).toEqual([400, 'Parameters "start" and "cursor" exclude each other']);
  });

  test('begins behind start, where the page before it had one', async () => {
    const all = idsOf((await get('/profile/range', { sortBy: 'email' })).body);
    const pages = await walked('/profile/range', { ...page, start: '4' });
    expect(pages.flat()).toEqual(all.slice(4));
  });

  test('names no value, and its link no secret', async () => {
    const { headers } = await api.request('GET', '/profile/range', {
      query: { tenantName, accessTokenId: token, sortBy: 'email', count: '2' },
    });
    expect(headers.get('link')).not.toContain(token);
    const sealed = Buffer.from(headers.get('next-cursor') ?? '', 'base64url').toString('latin1');
    expect(sealed).not.toContain('example.com');
  });

  test('goes on where its profile was, once that is gone', async () => {
    const all = idsOf((await get('/profile/range', { sortBy: 'username' })).body);
    const [last = ''] = all.slice(4);
    const cursor = await cursorOf({ sortBy: 'username', count: '5' });
    await api.request('POST', `/profile/${last}/delete`, { headers: { authorization: `Bearer ${token}` } });
    const { body } = await get('/profile/range', { sortBy: 'username', cursor });
    expect(idsOf(body)).toEqual(all.slice(5));
  });

  test('comes alone where the link would be too long', async () => {
    const query = `{$or: [{username: '${'x'.repeat(4000)}'}, {enabled: true}]}`;
    const { headers } = await get('/profile/by_query', { query, count: '2' });
    expect([headers.get('link'), headers.get('next-cursor')]).toEqual([null, expect.any(String)]);
  });
});

test('a list that has had no pages is whole to who asks for none', async () => {
  const { body, headers } = await get('/profile/by_role', { role: 'MEMBER', count: '2' });
  expect([body.length > 10, headers.get('link'), headers.get('next-cursor')]).toEqual([true, null, null]);
});

describe('explain', () => {
  const named = encodeURIComponent('größe %\r\n"').replaceAll('%20', ' ').replace('%22', '"');

  test.each([
    ['/profile/range', {}, 'creation, 1 page'],
    ['/profile/range', { sortBy: 'username', count: '3' }, 'username order, 1 page'],
    [
      '/profile/range',
      { sortBy: 'attributes.rank', count: '3' },
      expect.stringMatching(/^index attributes.rank order, [12] pages?$/),
    ],
    ['/profile/range', { sortBy: 'attributes.plain', count: '3' }, expect.stringContaining('whole tenant')],
    ['/profile/by_role', { role: 'MEMBER' }, 'index roles equals, 1 page'],
    [
      '/profile/by_attribute_value',
      { attributeName: 'größe %\r\n"', attributeValue: 'L' },
      `index attributes.${named} equals, 1 page`,
    ],
    ['/profile/by_existing_attribute', { attributeName: 'plain' }, expect.stringContaining('whole tenant')],
    ['/profile/by_query', { query: '{attributes.plain: 1}' }, expect.stringContaining('whole tenant')],
    ['/profile/one_by_query', { query: '{roles: "MEMBER"}' }, 'index roles equals, 1 page'],
    ['/profile/count_by_query', { query: '{username: "nobody"}' }, 'username equals'],
  ])('%s with %j says %s', async (path, query, plan) => {
    expect((await get(path, { ...query, explain: 'true' })).headers.get('query-plan')).toEqual(plan);
    expect((await get(path, query)).headers.get('query-plan')).toBeNull();
  });
});
