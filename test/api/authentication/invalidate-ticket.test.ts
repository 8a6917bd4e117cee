import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { endingSuite } from '../../support/session-suites/ending.ts';
import { ticket } from '../../support/session-suites/kinds.ts';

let api: LocalApi;

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: 'app-token' });
});
afterAll(() => api.stop());

endingSuite(() => api, {
  kind: ticket,
  call: (id, accessTokenId = 'app-token') =>
    api.request('POST', `/authentication/ticket/${id}/invalidate`, { form: { accessTokenId } }),
});
