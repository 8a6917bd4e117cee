import type { Profile } from '../../../functions/shared/domain/profile/profile.ts';
import { asAttributes } from '../../support/attributes.ts';
import { allowing, definition } from '../../support/definitions.ts';
import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { seedTicket } from '../../support/sessions.ts';

let api: LocalApi;
let profile: Profile;
const accessTokenId = 'app-token';

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: accessTokenId });
  await api.seedTenant({
    attributeDefinitions: [
      definition('firstName'),
      definition('prefs'),
      definition('hidden', allowing('*', ['WRITE_ATTRIBUTE', 'REMOVE_ATTRIBUTE'])),
      definition('ofOthers', allowing('other')),
      {
        ...definition('firstDecides'),
        permissions: [
          { application: 'app', allowedActions: [] },
          { application: '*', allowedActions: ['*'] },
        ],
      },
      definition('closed', { permissions: [] }),
    ],
  });
  profile = await api.seedProfile({
    username: 'mara',
    attributes: asAttributes([
      ['firstName', 'Mara'],
      ['prefs', { lang: 'de', tags: ['a', 'b'], list: [{ a: 1, b: 2 }, { b: 3 }] }],
      ['hidden', { x: 1 }],
      ['ofOthers', 1],
      ['firstDecides', 1],
      ['closed', 1],
      ['undefined', 1],
    ]),
  });
});
afterAll(() => api.stop());

type Fields = Record<string, string | readonly string[]>;
const prefs = { lang: 'de', tags: ['a', 'b'], list: [{ a: 1, b: 2 }, { b: 3 }] };

const routes: readonly [string, (fields: Fields) => Promise<unknown>][] = [
  ['get', async (query) => (await api.request('GET', `/profile/${profile.id}`, { query })).body.attributes],
  ['attributes', async (query) => (await api.request('GET', `/profile/${profile.id}/attributes`, { query })).body],
  [
    'by_username',
    async (fields) => {
      const query = { ...fields, tenantName: 'default', username: 'mara' };
      return (await api.request('GET', '/profile/by_username', { query })).body.attributes;
    },
  ],
  [
    'by_ticket',
    async (fields) => {
      const query = { ...fields, ticketId: (await seedTicket(profile)).id };
      return (await api.request('GET', '/profile/by_ticket', { query })).body.attributes;
    },
  ],
  [
    'reset_password',
    async (fields) => {
      const form = { ...fields, resetPasswordUrl: 'https://app.example.com/' };
      return (await api.request('POST', `/profile/${profile.id}/reset_password`, { form })).body.attributes;
    },
  ],
  [
    'roles/add',
    async (fields) => {
      const form = { ...fields, role: 'R' };
      return (await api.request('POST', `/profile/${profile.id}/roles/add`, { form })).body.attributes;
    },
  ],
  ['enable', async (form) => (await api.request('POST', `/profile/${profile.id}/enable`, { form })).body.attributes],
];

describe.each(routes)('%s', (_, attributesWith) => {
  test.each<[string, Fields, unknown]>([
    ['all that the caller may read', {}, { firstName: 'Mara', prefs }],
    ['all for an empty list', { attributesToReturn: '' }, { firstName: 'Mara', prefs }],
    ['one', { attributesToReturn: 'firstName' }, { firstName: 'Mara' }],
    ['one, by the name of the old client', { attributeToReturn: 'firstName' }, { firstName: 'Mara' }],
    [
      'both spellings together',
      { attributeToReturn: 'firstName', attributesToReturn: 'prefs.lang' },
      { firstName: 'Mara', prefs: { lang: 'de' } },
    ],
    [
      'parts, still nested',
      { attributesToReturn: 'prefs.lang, prefs.tags' },
      { prefs: { lang: 'de', tags: ['a', 'b'] } },
    ],
    ['parts of each element of a list', { attributesToReturn: 'prefs.list.a' }, { prefs: { list: [{ a: 1 }, {}] } }],
    [
      'several parts of each element of a list',
      { attributesToReturn: 'prefs.list.a,prefs.list.b' },
      { prefs: { list: [{ a: 1, b: 2 }, { b: 3 }] } },
    ],
    ['the whole beside its part', { attributesToReturn: ['prefs.lang', 'prefs'] }, { prefs }],
    ['nothing for $none', { attributesToReturn: '$none' }, {}],
    ['nothing for $none among others', { attributesToReturn: ['$none', 'firstName'] }, {}],
    ['nothing for an unknown name', { attributesToReturn: 'unknown' }, {}],
    ['nothing for names of prototypes', { attributesToReturn: '__proto__,constructor,prefs.__proto__' }, { prefs: {} }],
    [
      'nothing that the caller may not read',
      { attributesToReturn: 'hidden,hidden.x,ofOthers,firstDecides,closed,undefined' },
      {},
    ],
  ])('%s', async (_name, fields, expected) => {
    expect(await attributesWith({ accessTokenId, ...fields })).toEqual(expected);
  });
});

test('what was just written is answered once, readable or not', async () => {
  const query = { accessTokenId };
  const written = await api.request('POST', `/profile/${profile.id}/attributes/update`, {
    query,
    json: { hidden: { x: 1 } },
  });
  expect(written.body.attributes).toEqual({ firstName: 'Mara', prefs, hidden: { x: 1 } });
  const read = await api.request('GET', `/profile/${profile.id}`, { query });
  expect(read.body.attributes).toEqual({ firstName: 'Mara', prefs });
});

test('the list shapes the answer, not what is stored', async () => {
  const query = { accessTokenId, attributesToReturn: '$none' };
  const json = { firstName: 'Mara' };
  const { body } = await api.request('POST', `/profile/${profile.id}/attributes/update`, { query, json });
  expect(body.attributes).toEqual({});
  const read = await api.request('GET', `/profile/${profile.id}`, { query: { accessTokenId } });
  expect(read.body.attributes).toEqual({ firstName: 'Mara', prefs });
});

test('any number of names is answered in time', async () => {
  const parts = Array.from({ length: 20_000 }, (_, i) => `k${i}`);
  const { id } = await api.seedProfile({
    attributes: asAttributes([['prefs', Object.fromEntries(parts.map((k) => [k, 1]))]]),
  });
  const form = { accessTokenId, attributesToReturn: parts.map((part) => `prefs.${part}`) };
  const { body } = await api.request('POST', `/profile/${id}/enable`, { form });
  expect(Object.keys(body.attributes.prefs)).toHaveLength(parts.length);
});
