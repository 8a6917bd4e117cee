import type { ApiRequest, ApiResponse, LocalApi } from './local-api.ts';

/** What tests of many endpoints do as the holder of the access token `app-token`. */
export function asApp(givesApi: () => LocalApi) {
  const accessTokenId = 'app-token';
  const post = (path: string, form: ApiRequest['form'] = {}): Promise<ApiResponse> =>
    givesApi().request('POST', path, { form: { accessTokenId, ...form } });
  const get = (path: string): Promise<ApiResponse> => givesApi().request('GET', path, { query: { accessTokenId } });
  return {
    post,
    get,
    /** The profile as the API shows it. */
    readProfile: async (id: string) => (await get(`/profile/${id}`)).body,
    /** The status of a sign-in to the tenant `default`. */
    signIn: async (username: string, password: string): Promise<number> =>
      (await post('/authentication/authenticate', { tenantName: 'default', username, password })).status,
    /** Whether this `ticket` or `persistent_login` is there. */
    isLive: async (kind: string, id: string): Promise<boolean> =>
      (await get(`/authentication/${kind}/${id}`)).status === 200,
  };
}
