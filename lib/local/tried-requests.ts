import { sample } from '../openapi/sample.ts';
import { apiBase } from '../routes.ts';

/** Requests on the sample data to paste into a shell, one after the other. */
export function triedRequests(url: string): string {
  const base = `${url}${apiBase()}`;
  const token = `accessTokenId=${sample.accessToken}`;
  return `Requests to try:

  curl '${base}/profile/${sample.profileId}?${token}'
  curl '${base}/profile/by_query?${token}&tenantName=${sample.tenant}' --get --data-urlencode 'query={"roles":"APP_TEST"}'
  curl '${base}/authentication/authenticate' -d '${token}&tenantName=${sample.tenant}&username=${sample.username}&password=${sample.password}'
  curl '${base}/profile/${sample.profileId}/reset_password' -d '${token}&resetPasswordUrl=https://app.example.com/reset'
  curl '${base}/monitoring/status?token=${sample.managementToken}'`;
}
