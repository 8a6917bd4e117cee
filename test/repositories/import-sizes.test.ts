import { importingCollections } from '../support/importing.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;

beforeAll(async () => {
  api = await startLocalApi();
});
afterAll(() => api.stop());

test('large profiles of a script whose letters take three bytes each fit into their transactions', async () => {
  const profile = Array.from({ length: 20 }, (_, at) => ({
    username: `large${at}`,
    tenant: 'large',
    attributes: { text: '語'.repeat(120_000) },
  }));
  const { lines } = await importingCollections({ tenant: [{ name: 'large' }], profile });
  expect(lines).toContain('Imported 0 access tokens, 1 tenant, 20 profiles.');
});
