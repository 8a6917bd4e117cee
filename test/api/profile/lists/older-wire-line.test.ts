import { type LocalApi, startLocalApi } from '../../../support/local-api.ts';
import { getter, seedPeople } from './people.ts';

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi({ env: { WIRE_LINE: '3.0' } });
  await seedPeople(api);
});
afterAll(() => api.stop());

test('one_by_query without a match is an empty 200', async () => {
  const answer = await getter(() => api, '/profile/one_by_query')({ query: "{email: 'zzz'}" });
  expect(answer).toEqual({ status: 200, body: undefined });
});

test.each(['one_by_query', 'by_query', 'count_by_query'])('%s of an unknown tenant is 400', async (path) => {
  expect(await getter(() => api, `/profile/${path}`)({ query: '{}', tenantName: 'nope' })).toEqual({
    status: 400,
    body: { errorCode: 'NO_SUCH_TENANT', message: 'Tenant "nope" does not exist' },
  });
});
