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

test('more tenants than one answer can show are imported, and found again', async () => {
  const metadata = { label: 'x'.repeat(120_000) };
  const tenant = Array.from({ length: 60 }, (_, at) => ({
    name: `many${at}`,
    attributeDefinitions: [{ name: 'a', metadata, permissions: [] }],
  }));
  const first = await importingCollections({ tenant });
  expect(first.lines).toContain('Imported 0 access tokens, 60 tenants, 0 profiles.');
  const second = await importingCollections({ tenant });
  expect(second.lines).toContain('There already, the same: 60 tenants.');
});
