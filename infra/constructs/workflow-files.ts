import type { ICommandHooks } from 'aws-cdk-lib/aws-lambda-nodejs';
import { workflowsFolder } from '#shared/workflows/custom/load.ts';

/**
 * Ships the user's own definitions beside the code of a handler, the very files that were checked when the stack was made, after what
 * else ships there. Every handler that knows workflows reads them when it starts.
 */
export function workflowFileHooks(
  files: readonly string[],
  others?: ICommandHooks,
): ICommandHooks | undefined {
  if (files.length === 0) return others;
  return {
    beforeBundling: (inputDir, outputDir) => others?.beforeBundling(inputDir, outputDir) ?? [],
    beforeInstall: (inputDir, outputDir) => others?.beforeInstall(inputDir, outputDir) ?? [],
    afterBundling: (inputDir, outputDir) => [
      ...(others?.afterBundling(inputDir, outputDir) ?? []),
      `mkdir -p "${outputDir}/${workflowsFolder}"`,
      ...files.map((file) => `cp "${file}" "${outputDir}/${workflowsFolder}/"`),
    ],
  };
}
