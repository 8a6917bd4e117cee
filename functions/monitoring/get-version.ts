import { arch, release, type } from 'node:os';
import { setting } from '../shared/config/configuration.ts';
import { requireManagementToken } from '../shared/domain/access/management-token.ts';
import { contractOf } from '../shared/http/contract.ts';
import { managementEndpoint } from '../shared/http/management-endpoint.ts';
import { text } from '../shared/http/parameters.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { versionResource } from '../shared/http/resources/monitoring.ts';

export const contract = contractOf({
  operationId: 'getVersion',
  summary: 'Version of the service',
  section: '5.59',
  method: 'GET',
  path: '/monitoring/version',
  authorisation: 'managementToken',
  parameters: { token: text('The management token') },
  response: versionResource,
  errors: [],
  tables: {},
  settings: ['managementTokenSha256', 'packageVersion', 'packageBuild', 'packageBuildDate'],
});

export function handle(_dependencies: object, { parameters }: RequestOf<typeof contract>) {
  requireManagementToken(parameters.token);
  return {
    packageName: 'serverless-profile',
    packageVersion: setting('packageVersion'),
    packageBuild: setting('packageBuild'),
    packageBuildDate: setting('packageBuildDate'),
    osName: type(),
    osVersion: release(),
    osArch: arch(),
    javaVersion: '',
    javaVendor: '',
    javaVm: `Node.js ${process.version}`,
  };
}

export const handler = managementEndpoint(contract, handle, {});
