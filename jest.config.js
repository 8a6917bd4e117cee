export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // Those of `npm run test:long`.
  testPathIgnorePatterns: ['/node_modules/', '\\.long\\.test\\.ts$'],
  transform: {
    '^.+\\.[jt]s$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'commonjs' } },
    ],
  },
  // It exports itself to `import` only, and tests run as CommonJS.
  moduleNameMapper: { '^@middy/(\\w+)$': '<rootDir>/node_modules/@middy/$1/index.js' },
  transformIgnorePatterns: ['/node_modules/(?!@middy/|marked/)'],
  extensionsToTreatAsEsm: [],
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/.build', '<rootDir>/.local'],
  testTimeout: 30_000,
  // What every operation calls is recorded, held to what it declares, and compared after a run of all tests.
  globalSetup: '<rootDir>/test/run/start.ts',
  globalTeardown: '<rootDir>/test/run/compare-calls.ts',
  setupFilesAfterEnv: ['<rootDir>/test/run/no-stray-lines.ts'],
  reporters: [
    'default',
    ['<rootDir>/test/run/announce.ts', { measuredSeconds: 350, besides: 'the long ones: npm run test:long' }],
  ],
  maxWorkers: 2,
};
