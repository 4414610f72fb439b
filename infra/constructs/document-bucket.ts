import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

export interface DocumentBucketProps {
  readonly retentionDays: number;
}

/** Inputs, parsed documents, answers and artifacts. Everything in it expires. */
export class DocumentBucket extends Bucket {
  constructor(scope: Construct, id: string, props: DocumentBucketProps) {
    const expiration = Duration.days(props.retentionDays);
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      lifecycleRules: [
        ...['tasks/', 'inbox/', 'outbox/'].map((prefix) => ({ prefix, expiration })),
        // A task copies its inputs: an upload is needed for as long as its announcement is valid.
        { prefix: 'uploads/', expiration: Duration.days(Math.min(7, props.retentionDays)) },
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
    });
    // `eventBridgeEnabled` of the construct would bring a custom resource with a function of its own.
    const resource = this.node.defaultChild;
    if (!(resource instanceof CfnBucket))
      throw new Error('Expected the bucket to have a CfnBucket.');
    resource.notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };
  }
}
