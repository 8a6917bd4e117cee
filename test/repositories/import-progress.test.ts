import type { Heard } from '../../lib/import/run-import.ts';
import { importingText } from '../support/importing.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi();
});
afterAll(() => api.stop());

test('the bytes that are told as read are those of the files, each once', async () => {
  await api.seedTenant({ name: 'shop' });
  const lines = Array.from({ length: 500 }, (_, at) => {
    const attributes = { text: 'x'.repeat(1000) };
    return JSON.stringify({ username: `user-${at}`, tenant: 'shop', attributes });
  });
  const text = lines.join('\n');
  const heard: Heard[] = [];
  await importingText(text, { dryRun: true, onProgress: (one) => heard.push(one) }, 'profile.json');
  const [first, last] = [heard[0], heard.at(-1)];
  expect(heard.length).toBeGreaterThan(5);
  expect(first?.readBytes).toBeLessThan(text.length / 5);
  expect([last?.readBytes, last?.allBytes]).toEqual([text.length, text.length]);
});
