import { contractOf } from '../shared/http/contract.ts';
import { managementEndpoint } from '../shared/http/management-endpoint.ts';
import { text } from '../shared/http/parameters.ts';
import { statusResource } from '../shared/http/resources/monitoring.ts';

export const contract = contractOf({
  operationId: 'getStatus',
  summary: 'Start and uptime of the function',
  section: '5.58',
  method: 'GET',
  path: '/monitoring/status',
  authorisation: 'managementToken',
  parameters: { token: text('The management token') },
  response: statusResource,
  errors: [],
  settings: ['managementTokenSha256'],
});

export function handle() {
  return { uptime: Math.floor(process.uptime()), startup: new Date(performance.timeOrigin).toISOString() };
}

export const handler = managementEndpoint(contract, handle);
