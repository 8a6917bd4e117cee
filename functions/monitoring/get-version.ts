import { arch, release, type } from 'node:os';
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
  settings: ['managementTokenSha256', 'packageVersion', 'packageBuild', 'packageBuildDate'],
});

export function handle(_dependencies: object, { settings }: RequestOf<typeof contract>) {
  return {
    packageName: 'serverless-profile',
    packageVersion: settings.packageVersion,
    packageBuild: settings.packageBuild,
    packageBuildDate: settings.packageBuildDate,
    osName: type(),
    osVersion: release(),
    osArch: arch(),
    javaVersion: '',
    javaVendor: '',
    javaVm: `Node.js ${process.version}`,
  };
}

export const handler = managementEndpoint(contract, handle);
