// The SDK announces the end of its support for Node 20 on every start.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const project = (name) => ({
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
  testEnvironment: 'node',
  injectGlobals: false,
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } },
    ],
  },
});

// `npm run e2e` has deployed the stack to a stand-in and tests nothing else.
const names =
  process.env.QUIRE_STAND_IN === undefined
    ? ['unit', 'contract', 'workflows', 'infra', 'structure', 'e2e']
    : ['stand-in'];

export default {
  projects: names.map(project),
  // Jest leaves one core to itself, which of two is half; many tests wait for another process anyway.
  maxWorkers: '100%',
  testSequencer: '<rootDir>/scripts/slow-first.mjs',
  // Against what hangs, not against what is slow: a machine with other work takes many times as long.
  testTimeout: 300_000,
  collectCoverageFrom: ['shared/**/*.ts', 'lambdas/**/*.ts'],
  coverageProvider: 'v8',
};
