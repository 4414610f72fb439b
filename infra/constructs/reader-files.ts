import type { ICommandHooks } from 'aws-cdk-lib/aws-lambda-nodejs';

/**
 * What ships beside the reader: the code of the thread that it reads in, and the character maps and metrics of the standard fonts that
 * PDF.js reads from files.
 */
export const readerFileHooks: ICommandHooks = {
  beforeBundling: () => [],
  beforeInstall: () => [],
  afterBundling: (inputDir, outputDir) => [
    `node --import tsx "${inputDir}/infra/bundle-document-thread.ts" "${outputDir}/document-thread.mjs"`,
    ...['cmaps', 'standard_fonts'].map(
      (folder) => `cp -R "${inputDir}/node_modules/pdfjs-dist/${folder}" "${outputDir}/${folder}"`,
    ),
  ],
};
