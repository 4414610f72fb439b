import { fileURLToPath } from 'node:url';
import type { BundlingOptions } from 'aws-cdk-lib/aws-lambda-nodejs';
import { OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import type { BuildOptions } from 'esbuild';

/** Folder of package.json, with a slash at its end. */
export const projectRoot = fileURLToPath(new URL('../', import.meta.url));

const credentialChain = '@aws-sdk/credential-provider-node';
const lambdaCredentials = fileURLToPath(
  new URL('../shared/adapters/aws/lambda-credentials.ts', import.meta.url),
);

/**
 * How the code of a function is bundled. The SDK is bundled too: the one in the runtime consists of thousands of files and takes twice
 * as long to load. What the functions never use of it, its chain of credential sources, is replaced (105 KB of every bundle).
 */
export const bundling = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  mainFields: ['module', 'main'],
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  alias: { [credentialChain]: lambdaCredentials },
  // Packages that are CommonJS inside call `require`, which an ES module does not have.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
} satisfies BuildOptions;

/** {@link bundling} in the words of the CDK. */
export const cdkBundling: BundlingOptions = {
  format: OutputFormat.ESM,
  target: bundling.target,
  mainFields: bundling.mainFields,
  minify: bundling.minify,
  sourceMap: bundling.sourcemap,
  sourcesContent: bundling.sourcesContent,
  banner: bundling.banner.js,
  externalModules: [],
  esbuildArgs: { '--alias': `${credentialChain}=${lambdaCredentials}` },
};
