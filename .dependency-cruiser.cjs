// Import directions. One rule per arrow that must not exist; the diagram lives in docs/architecture.md.
const layer = (name) => `^shared/${name}/`;
const anyOf = (...names) => `^shared/(${names.join('|')})/`;
const OURS = '^(shared|lambdas|infra|test|examples|bench|scripts)/';

/** A layer may import itself and the layers listed, nothing else of ours. */
const only = (name, ...allowed) => ({
  name: `${name}-imports-only-${allowed.join('-') || 'itself'}`,
  severity: 'error',
  from: { path: layer(name) },
  to: { path: OURS, pathNot: anyOf(name, ...allowed) },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    only('domain'),
    only('ports', 'domain'),
    only('documents', 'domain'),
    only('workflows', 'domain'),
    only('steps', 'domain', 'ports', 'documents', 'workflows'),
    only('adapters', 'domain', 'ports'),
    only('runner', 'domain', 'ports', 'workflows', 'steps'),
    only('simulator', 'domain', 'workflows'),
    only('http', 'domain', 'ports', 'workflows', 'steps'),
    only(
      'runtime',
      'domain',
      'ports',
      'documents',
      'workflows',
      'steps',
      'runner',
      'adapters',
      'http',
      'simulator',
    ),
    only('cli', 'domain', 'ports', 'workflows', 'steps', 'runtime', 'http', 'simulator'),
    {
      name: 'domain-has-no-platform',
      severity: 'error',
      from: { path: layer('domain') },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'], pathNot: 'node_modules/zod/' },
    },
    {
      name: 'http-sees-use-cases-not-machine-steps',
      severity: 'error',
      from: { path: layer('http') },
      to: { path: '^shared/steps/', pathNot: '^shared/steps/(tasks|keys)/' },
    },
    {
      name: 'adapter-families-are-strangers',
      severity: 'error',
      from: { path: '^shared/adapters/(aws|local|system|models/[^/]+)/' },
      to: {
        path: '^shared/adapters/',
        pathNot: ['^shared/adapters/$1/', '^shared/adapters/models/internal/'],
      },
    },
    {
      name: 'aws-sdk-only-in-aws-adapters',
      severity: 'error',
      from: { pathNot: '^(shared/adapters/aws|test|bench|scripts/deploy)/' },
      to: { path: 'node_modules/@aws-sdk/' },
    },
    {
      name: 'lambdas-use-runtime-not-adapters',
      severity: 'error',
      from: { path: '^lambdas/' },
      to: {
        path: ['^shared/(adapters|cli|runner|simulator)/', '^infra/', '^shared/runtime/local'],
      },
    },
    {
      name: 'aws-runtime-has-nothing-local',
      severity: 'error',
      from: { path: '^shared/runtime/aws/' },
      to: { path: '^shared/(adapters/local|runner|simulator|cli)/' },
    },
    {
      name: 'infra-sees-definitions-only',
      severity: 'error',
      from: { path: '^infra/' },
      to: { path: OURS, pathNot: ['^infra/', '^shared/(domain|workflows)/'] },
    },
    {
      name: 'cdk-only-in-infra',
      severity: 'error',
      from: { pathNot: '^(infra|test/infra)/' },
      to: { path: 'node_modules/(aws-cdk-lib|constructs)/' },
    },
    {
      name: 'nothing-imports-test-examples-bench',
      severity: 'error',
      from: { pathNot: '^(test|examples|bench|scripts)/' },
      to: { path: '^(test|examples|bench|scripts)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
