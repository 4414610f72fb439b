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

export default {
  projects: ['unit', 'contract', 'workflows', 'infra', 'structure', 'e2e'].map(project),
  testTimeout: 60_000,
  collectCoverageFrom: ['shared/**/*.ts', 'lambdas/**/*.ts'],
  coverageProvider: 'v8',
};
