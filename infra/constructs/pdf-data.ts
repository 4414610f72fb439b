import type { ICommandHooks } from 'aws-cdk-lib/aws-lambda-nodejs';

/** PDF.js reads character maps and the metrics of the standard fonts from files: they ship beside the code. */
export const pdfDataHooks: ICommandHooks = {
  beforeBundling: () => [],
  beforeInstall: () => [],
  afterBundling: (inputDir, outputDir) =>
    ['cmaps', 'standard_fonts'].map(
      (folder) => `cp -R "${inputDir}/node_modules/pdfjs-dist/${folder}" "${outputDir}/${folder}"`,
    ),
};
