import { type LocalApi, startLocalApi } from '../../support/local-api.ts';
import { endingSuite } from '../../support/session-suites/ending.ts';
import { persistentLogin } from '../../support/session-suites/kinds.ts';

let api: LocalApi;

beforeAll(async () => {
  api = await startLocalApi();
  await api.seedAccessToken({ id: 'app-token' });
});
afterAll(() => api.stop());

endingSuite(() => api, {
  kind: persistentLogin,
  call: (id, accessTokenId = 'app-token') =>
    api.request('POST', `/authentication/persistent_login/${id}/delete`, { form: { accessTokenId } }),
});
