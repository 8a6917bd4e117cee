import { contractOf } from '../shared/http/contract.ts';
import { managementEndpoint, managementParameters, managementSettings } from '../shared/http/management-endpoint.ts';
import { statusResource } from '../shared/http/resources/monitoring.ts';

export const contract = contractOf({
  operationId: 'getStatus',
  summary: 'Start and uptime of the function',
  section: '5.58',
  method: 'GET',
  path: '/monitoring/status',
  authorisation: 'managementToken',
  parameters: managementParameters,
  response: statusResource,
  errors: [],
  settings: managementSettings,
});

export function handle() {
  return { uptime: Math.floor(process.uptime()), startup: new Date(performance.timeOrigin).toISOString() };
}

export const handler = managementEndpoint(contract, handle);
