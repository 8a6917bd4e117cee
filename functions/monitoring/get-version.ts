import { arch, release, type } from 'node:os';
import { contractOf } from '../shared/http/contract.ts';
import { managementEndpoint, managementParameters, managementSettings } from '../shared/http/management-endpoint.ts';
import type { RequestOf } from '../shared/http/request.ts';
import { versionResource } from '../shared/http/resources/monitoring.ts';

export const contract = contractOf({
  operationId: 'getVersion',
  summary: 'Version of the service',
  section: '5.59',
  method: 'GET',
  path: '/monitoring/version',
  authorisation: 'managementToken',
  parameters: managementParameters,
  response: versionResource,
  errors: [],
  settings: [...managementSettings, 'packageVersion', 'packageBuild', 'packageBuildDate'],
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
