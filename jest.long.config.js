import base from './jest.config.js';

// Every worker has it, and tries more: `test/support/thoroughness.ts`.
process.env.LONG_TESTS = 'true';

/** What takes long by nature, and once more, with higher numbers, what is tried many times. */
export default {
  ...base,
  testMatch: ['*.long', '*.property', 'races*'].map((names) => `<rootDir>/test/**/${names}.test.ts`),
  testPathIgnorePatterns: ['/node_modules/'],
  // Part of all tests: it cannot tell what none of them calls.
  globalTeardown: undefined,
  reporters: ['default', ['<rootDir>/test/run/announce.ts', { measuredSeconds: 620, besides: 'all others: npm test' }]],
};
