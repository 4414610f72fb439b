import { build } from 'esbuild';
import { bundling, projectRoot } from './bundling.ts';

// Bundles the reading thread into the file named; run by the bundling of the function that starts it.
const [outfile = ''] = process.argv.slice(2);
await build({
  ...bundling,
  absWorkingDir: projectRoot,
  entryPoints: ['shared/runtime/document-thread.ts'],
  outfile,
  logLevel: 'error',
});
