import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { stepMemoryInMb } from '#shared/workflows/step-limits.ts';
import type { DocumentBucket } from './document-bucket.ts';
import { QuireFunction } from './quire-function.ts';
import { readerFileHooks } from './reader-files.ts';
import type { StateTable } from './state-table.ts';
import { workflowFileHooks } from './workflow-files.ts';

export interface EstimateFunctionProps {
  readonly bucket: DocumentBucket;
  readonly table: StateTable;
  /** Definitions of the user's own workflows. */
  readonly workflowFiles: readonly string[];
}

/** Like the reader it runs on what strangers wrote, and unlike it keeps nothing: it reads uploads, and neither tasks nor keys. */
const ceiling = [
  's3:GetObject',
  's3:ListBucket',
  'dynamodb:GetItem',
  // For what is encrypted with a key of the account.
  'kms:Decrypt',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

/** The one function of the API that reads documents. The one behind all other routes may start tasks and read secrets, and never opens a file. */
export class EstimateFunction extends QuireFunction {
  constructor(
    scope: Construct,
    id: string,
    { bucket, table, workflowFiles }: EstimateFunctionProps,
  ) {
    super(scope, id, {
      entry: 'lambdas/estimates.ts',
      description: 'reads documents and tells what a task would take',
      // As long as API Gateway waits.
      timeout: Duration.seconds(29),
      memoryInMb: stepMemoryInMb('read-document'),
      commandHooks: workflowFileHooks(workflowFiles, readerFileHooks),
    });
    this.bindUploads(table)
      .bindBucket(bucket, { read: ['uploads/*'] })
      .forbidAllBut(ceiling);
  }
}
