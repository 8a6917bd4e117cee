import { sample } from '../sample.ts';

const parameters = { token: sample.managementToken };

export const monitoringExamples = {
  getMemory: {
    parameters,
    answer: {
      totalJvmMemory: 134_217_728,
      freeJvmMemory: 61_000_000,
      maxJvmMemory: 536_870_912,
      totalOsMemory: 2_147_483_648,
      freeOsMemory: 900_000_000,
      totalSwapMemory: 0,
      freeSwapMemory: 0,
    },
  },
  getStatus: { parameters, answer: { uptime: 73, startup: '2026-03-04T05:06:07.089Z' } },
  getVersion: {
    parameters,
    answer: {
      packageName: 'serverless-profile',
      packageVersion: '1.0.0',
      packageBuild: '9f8e7d6',
      packageBuildDate: '2026-03-01T00:00:00Z',
      osName: 'Linux',
      osVersion: '5.10',
      osArch: 'arm64',
      javaVersion: '',
      javaVendor: '',
      javaVm: '',
    },
  },
};
