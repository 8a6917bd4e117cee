import { basis } from '../../bench/costs/page.ts';
import { consumedBy, recordStoreCalls } from '../../bench/store-calls.ts';
import { exampleCases, exampleRequest, prepareExample } from '../support/examples.ts';
import { type LocalApi, startLocalApi } from '../support/local-api.ts';

let api: LocalApi;
beforeAll(async () => {
  api = await startLocalApi({ bucket: true });
});
afterAll(() => api.stop());

const used = exampleCases.filter(({ contract }) => basis.usage.callsOfUser[contract.operationId] !== undefined);

// What the page of costs reckons with; `npm run bench -- cost-units`, then `-- costs`, where it has changed on purpose.
test('every call of the usage profile consumes what was counted', async () => {
  const calls = recordStoreCalls();
  const counted: Record<string, unknown> = {};
  for (const one of used) {
    await prepareExample(api, one);
    const { path, request } = exampleRequest(one);
    const mailsBefore = api.mails.length;
    calls.length = 0;
    await api.request(one.contract.method, path, request);
    counted[one.contract.operationId] = { ...consumedBy(calls), mails: api.mails.length - mailsBefore };
  }
  const recorded = Object.keys(basis.usage.callsOfUser).map((operation) => {
    const { reads, writes, mails } = basis.measured.calls[operation] ?? {};
    return [operation, { reads, writes, mails }];
  });
  expect(counted).toEqual(Object.fromEntries(recorded));
});
